import io.github.bitnetmaven.it.Audit

// The server, and every library that it needs, found by following it.
def files = Audit.of(basedir.toPath()).paths()
assert files.contains('app/bin/llama-server')
assert files.any { it ==~ /app\/lib\/libggml\.so.*/ }
assert files.any { it ==~ /.*\/libc\.so\.6/ }
true
