import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.CommonInterface
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.Executable
import io.github.bitnetmaven.it.RunningImage

def image = 'bitnet-it/real-server-answers:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.text('/image/id') == Docker.idOf(image)
assert audit.number('/sizes/unpackedBytes') == Docker.historyBytes(image)
assert audit.number('/sizes/wastedBytes') == 0
assert audit.list('/findings').isEmpty()
// At most 5.0 MB with BitNet.cpp, and with the llama.cpp of its time.
assert audit.number('/sizes/withoutModelBytes') <= 5_000_000
assert audit.number('/sizes/withoutModelBytes') > 2_000_000

Executable.of(basedir.toPath().resolve('target/bitnet/backend'), 'llama-server').requireStatic().requireStripped()
// What was compiled for bitnet:compile is not compiled again for bitnet:build.
assert BuildLog.of(basedir.toPath()).linesWith('Compiling llama-server: done').size() <= 1

RunningImage.start(image, '--read-only', '--cap-drop', 'ALL').withCloseable { running ->
    running.awaitHealthy()
    assert new JsonSlurper().parseText(running.get('/health')).status == 'ok'
    def answer = new JsonSlurper().parseText(running.post('/completion', '{"prompt": "once upon a time", "n_predict": 8}'))
    assert answer.tokens_predicted == 8
    assert !answer.content.isEmpty()
    assert new JsonSlurper().parseText(running.get('/v1/models')).data*.id == ['random']
    assert CommonInterface.requireOf(running, new File(imageSources).toPath()) > 40
}
true
