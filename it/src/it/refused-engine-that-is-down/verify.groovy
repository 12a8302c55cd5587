import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('No Docker engine answers at http://127.0.0.1:9 (<dockerHost> (docker.host)): Connection refused. Start it (for example: sudo systemctl start docker) or set docker.host or DOCKER_HOST.').neverSays('docker-maven-plugin')
true
