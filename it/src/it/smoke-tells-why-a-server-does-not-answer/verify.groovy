import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath()).says('this server refuses to serve')
assert Docker.run('ps', '--all', '--quiet', '--filter', "ancestor=bitnet-it/smoke-tells-why-a-server-does-not-answer:1.0") == ''
true
