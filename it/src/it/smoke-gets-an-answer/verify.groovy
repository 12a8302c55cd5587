import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath()).says('a tiny answer')
assert Docker.run('ps', '--all', '--quiet', '--filter', 'ancestor=bitnet-it/smoke-gets-an-answer:1.0') == ''
true
