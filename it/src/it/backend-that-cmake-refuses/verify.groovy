import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('no such luck')
true
