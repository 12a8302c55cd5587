import io.github.bitnetmaven.it.Docker

def context = basedir.toPath().resolve('target/bitnet/context')
def dockerfile = context.resolve('Dockerfile').toFile()
def text = dockerfile.text
assert text.count('\nFROM ') + (text.startsWith('FROM ') ? 1 : 0) == 2
assert context.resolve('.dockerignore').toFile().exists()
assert context.resolve('.maven-dockerignore').toFile().exists()
true
