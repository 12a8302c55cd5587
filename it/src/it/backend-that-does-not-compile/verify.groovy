import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath()).says("error: 'this_is_not_declared' undeclared (first use in this function)")
assert !Docker.hasImage('bitnet-it/backend-that-does-not-compile:1.0')
assert !new File(basedir, 'target/bitnet/audit.json').exists()
true
