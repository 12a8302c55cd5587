import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.Docker

def image = 'bitnet-it/build-runs-only-what-runs:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.text('/schema') == 'bitnet-audit/1'
assert audit.text('/outcome') == 'pass'
assert audit.text('/image/id') == Docker.idOf(image)
assert audit.number('/sizes/unpackedBytes') == Docker.historyBytes(image)
assert audit.list('/findings') == []

// Nothing but the server, the probe and the model.
def files = audit.paths()
assert files.contains('app/bin/llama-server')
assert files.contains('app/bin/bitnet-probe')
assert files.count { it.startsWith('app/models/') } == 1
assert files.every { it.startsWith('app/') || it.startsWith('tmp') || it.startsWith('etc/') }

assert Docker.run('image', 'inspect', '--format', '{{.Config.User}}', image) == '65532:65532'
assert Docker.run('image', 'inspect', '--format', '{{json .Config.ExposedPorts}}', image) == '{"8001/tcp":{}}'
assert Docker.run('image', 'inspect', '--format', '{{json .Config.Entrypoint}}', image).startsWith('["/app/bin/bitnet-probe"')

// Neither a temporary name nor the archive of the context stays behind.
assert !Docker.run('images', '--format', '{{.Repository}}:{{.Tag}}').contains('build-runs-only-what-runs:1.0-building')
true
