import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-writes-every-report:1.0', basedir.toPath())
true
