import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-tells-every-budget-that-is-exceeded:1.0', basedir.toPath())
true
