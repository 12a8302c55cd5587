import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('tcp://127.0.0.1:9').neverSays('docker-maven-plugin')
true
