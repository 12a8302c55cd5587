import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
assert log.count('BUILD SUCCESS') == 2
log.says('up to date')
true
