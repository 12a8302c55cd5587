import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath())
    .matches(/bitnet-it\/smoke-gets-an-answer:1\.0 is healthy after [0-9.]+ s and completes at [0-9.]+ tokens\/s/)
def measured = new JsonSlurper().parse(new File(basedir, 'target/bitnet/smoke.json'))
assert measured.schema == 'bitnet-smoke/1'
assert measured.image == [name: 'bitnet-it/smoke-gets-an-answer:1.0', id: Docker.idOf('bitnet-it/smoke-gets-an-answer:1.0')]
assert measured.startMillis > 0
assert measured.memoryBytes > 0
assert measured.tokensPerSecond > 0
assert measured.tokens > 0
assert !measured.completion.isEmpty()
assert measured.health == '{"status":"ok"}'
// The container is gone.
assert Docker.run('ps', '--all', '--quiet', '--filter', 'ancestor=bitnet-it/smoke-gets-an-answer:1.0') == ''
true
