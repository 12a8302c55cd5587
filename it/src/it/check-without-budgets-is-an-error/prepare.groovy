import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-without-budgets-is-an-error:1.0', basedir.toPath())
true
