import io.github.bitnetmaven.it.RegistryServer

context.put('registry', RegistryServer.openAt(15437, basedir.toPath().resolve('registry')))
true
