import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/never-pushed:1.0', basedir.toPath())
true
