import io.github.bitnetmaven.it.Executable

def backend = basedir.toPath().resolve('target/bitnet/backend')
Executable.of(backend, 'llama-server').requireStatic().requireStripped()
true
