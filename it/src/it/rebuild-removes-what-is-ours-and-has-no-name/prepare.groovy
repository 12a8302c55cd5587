import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

def image = 'bitnet-it/rebuild-removes-what-is-ours-and-has-no-name:1.0'
FixedImage.build(image, basedir.toPath(), "LABEL io.github.bitnetmaven.test=${UUID.randomUUID()}")
new File(basedir, 'old-id').text = Docker.idOf(image)
true
