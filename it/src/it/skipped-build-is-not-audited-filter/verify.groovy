import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('docker.filter').neverSays('budgets exceeded', '2.45 MB')
true
