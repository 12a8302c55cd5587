import io.github.bitnetmaven.it.FixedImage

// An image of the same name from another day: it must not be taken for what was built.
FixedImage.build('bitnet-it/skipped-build-is-not-audited-filter:1.0', basedir.toPath())
true
