import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

// The name of this project's image is taken by an older image of ours, which somebody has given a name of their own.
FixedImage.build('bitnet-it/rebuild-keeps-foreign-tags:1.0', basedir.toPath(), 'LABEL io.github.bitnetmaven.test=old')
Docker.run('tag', 'bitnet-it/rebuild-keeps-foreign-tags:1.0', 'bitnet-it-foreign/kept:1')
new File(basedir, 'old-id').text = Docker.idOf('bitnet-it-foreign/kept:1')
true
