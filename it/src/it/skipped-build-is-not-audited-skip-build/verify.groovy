import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('docker.skip.build').neverSays('budgets exceeded', '2.45 MB')
true
