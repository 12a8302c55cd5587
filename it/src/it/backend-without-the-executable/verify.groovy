import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('collect-runtime: The build made no executable llama-server.')
true
