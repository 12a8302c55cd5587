import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
assert log.count('BUILD SUCCESS') == 2
// The first may find what another project compiled from the same source.
assert log.linesWith('Backend is up to date: bitnet-backend:').size() in 1..2
true
