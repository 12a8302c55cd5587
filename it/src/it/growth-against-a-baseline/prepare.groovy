import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

def image = 'bitnet-it/growth-against-a-baseline:1.0'
FixedImage.build(image, basedir.toPath(), 'COPY library /usr/share/extra')
Docker.run('save', '--output', new File(basedir, 'large.tar').path, image)
FixedImage.build(image, basedir.toPath())
Docker.run('save', '--output', new File(basedir, 'small.tar').path, image)
true
