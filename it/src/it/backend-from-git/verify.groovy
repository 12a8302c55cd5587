import io.github.bitnetmaven.it.Executable

Executable.of(basedir.toPath().resolve('target/bitnet/backend'), 'llama-server').requireStatic()
true
