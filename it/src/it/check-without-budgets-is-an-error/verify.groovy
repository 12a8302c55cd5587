import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('bitnet.budget.')
true
