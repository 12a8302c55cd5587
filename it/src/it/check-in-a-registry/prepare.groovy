import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage
import io.github.bitnetmaven.it.RegistryServer

def name = 'bitnet-it/check-in-a-registry:1.0'
def archive = new File(basedir, 'image.tar').path
FixedImage.build(name, basedir.toPath())
Docker.run('save', '--output', archive, name)
def registry = RegistryServer.openAt(5055, new File(basedir, 'registry').toPath())
context.put('registry', registry)
registry.push("docker-archive:$archive", 'acme/bitnet:1.0')
true
