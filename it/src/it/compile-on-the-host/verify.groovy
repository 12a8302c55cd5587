import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.Executable

def backend = basedir.toPath().resolve('target/bitnet/backend')
Executable.of(backend, 'llama-server').requireStatic().requireStripped()
assert Audit.of(basedir.toPath()).paths().contains('app/bin/llama-server')
true
