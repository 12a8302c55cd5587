import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.Directories

def context = basedir.toPath().resolve('target/bitnet/context')
Directories.requireSame(context, basedir.toPath().resolve('again/bitnet/context'))

def dockerfile = context.resolve('Dockerfile').toFile().readLines()
assert dockerfile.count { it.startsWith('FROM ') } == 2
assert context.resolve('.dockerignore').toFile().exists()
assert context.resolve('.maven-dockerignore').toFile().exists()

def image = 'bitnet-it/dockerfile-builds-with-either-builder'
Docker.buildWith(Docker.Builder.CLASSIC, context, "$image:classic")
Docker.buildWith(Docker.Builder.BUILDKIT, context, "$image:buildkit")
assert Docker.run('image', 'inspect', '--format', '{{json .Config.Entrypoint}}{{.Config.User}}', "$image:classic") ==
    Docker.run('image', 'inspect', '--format', '{{json .Config.Entrypoint}}{{.Config.User}}', "$image:buildkit")
assert Docker.historyBytes("$image:classic") == Docker.historyBytes("$image:buildkit")
true
