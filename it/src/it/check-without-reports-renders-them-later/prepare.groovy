import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-without-reports:1.0', basedir.toPath())
true
