import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

def image = 'bitnet-it/growth-against-other-things'
FixedImage.build("$image:large", basedir.toPath(), 'COPY library /usr/share/extra')
Docker.run('save', '--output', new File(basedir, 'large.tar').path, "$image:large".toString())
FixedImage.build("$image:small", basedir.toPath())
Docker.run('save', '--output', new File(basedir, 'small.tar').path, "$image:small".toString())
true
