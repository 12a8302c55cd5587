import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath())
    .matches(/bitnet-it\/smoke-gets-an-answer:1\.0 is healthy after [0-9.]+ s and completes at [0-9.]+ tokens\/s/)
// The container is gone.
assert Docker.run('ps', '--all', '--quiet', '--filter', 'ancestor=bitnet-it/smoke-gets-an-answer:1.0') == ''
true
