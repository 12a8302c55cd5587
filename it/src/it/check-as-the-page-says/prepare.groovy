import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-as-the-page-says:1.0', basedir.toPath())
true
