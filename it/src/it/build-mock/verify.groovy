import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.RunningImage

def image = 'bitnet-it/build-mock:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.number('/sizes/unpackedBytes') < 3_000_000
assert audit.number('/sizes/modelBytes') == 0
assert audit.list('/findings') == []
// The server and its health check, and nothing else: no shell, no library, no certificate.
assert audit.paths() as Set == ['app/bin/bitnet-mock', 'app/bin/bitnet-probe'] as Set
BuildLog.of(basedir.toPath()).matches('bitnet-it/build-mock:1.0 is healthy after [0-9.]+ s and completes')
        .neverSays('Source:', 'Model:')

assert Docker.run('image', 'inspect', '--format', '{{.Config.User}}', image) == '65532:65532'
RunningImage.start(image, '--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges').withCloseable {
    it.awaitHealthy()
    assert it.get('/health') == '{"status":"ok"}'
}
true
