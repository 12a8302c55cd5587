import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-on-github-actions:1.0', basedir.toPath())
true
