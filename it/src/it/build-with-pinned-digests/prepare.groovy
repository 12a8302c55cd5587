import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage
import io.github.bitnetmaven.it.RegistryServer

context.put('registry', RegistryServer.openAt(15438, basedir.toPath().resolve('registry')))
FixedImage.build('localhost:15438/acme/base:1.0', basedir.toPath())
Docker.run('tag', builderImage, 'localhost:15438/acme/builder:1.0')
['base', 'builder'].each { Docker.run('push', '--quiet', "localhost:15438/acme/$it:1.0".toString()) }
// What the engine has not is pulled.
Docker.forget('localhost:15438/acme/base:1.0')
true
