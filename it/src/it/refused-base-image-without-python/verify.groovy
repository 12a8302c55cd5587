import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath())
    .matches('<image><baseImage> \\(-Dbitnet.baseImage\\) is \\S*debian:bookworm-slim, but there is no python3 in it. The'
        + ' variant python needs a base image with Python 3.11 or later and pip, such as python:3.11-slim.')
    .neverSays('Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
