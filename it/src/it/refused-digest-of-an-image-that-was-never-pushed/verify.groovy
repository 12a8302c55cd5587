import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath()).says(
    '<image><baseImage> (-Dbitnet.baseImage) is bitnet-it/never-pushed:1.0, which cannot be pinned by its digest'
    + ' (<image><pinDigests>): the image was built or imported on the engine at ',
    ' and has never been in a registry. Push it, or leave pinDigests out.')
Docker.forget('bitnet-it/never-pushed:1.0')
true
