import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
assert log.count('BUILD SUCCESS') == 2
assert log.count('Backend is up to date.') == 1
true
