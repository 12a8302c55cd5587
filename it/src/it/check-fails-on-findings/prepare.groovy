import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-fails-on-findings:1.0', basedir.toPath(), 'CMD ["/app/bin/llama-server"]')
true
