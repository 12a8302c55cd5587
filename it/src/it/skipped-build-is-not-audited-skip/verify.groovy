import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('docker.skip').neverSays('budgets exceeded', '2.45 MB')
true
