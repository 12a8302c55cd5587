import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def image = 'bitnet-it/model-placement-download:1.0'
assert Audit.of(basedir.toPath()).number('/sizes/modelBytes') == 0
def log = BuildLog.of(basedir.toPath())
log.says("Model: none in the image, its containers download ${context.get('host').address()}/served.gguf")
    .matches(/bitnet-it\/model-placement-download:1\.0 is healthy after [0-9.]+ s and completes at [0-9.]+ tokens\/s/)
// The container of the smoke test downloaded it, whole and once, into a volume that is gone with it.
context.get('host').withCloseable { assert it.requests()*.target() == ['/served.gguf'] }
assert Docker.run('ps', '--all', '--quiet', '--filter', "ancestor=$image") == ''
true
