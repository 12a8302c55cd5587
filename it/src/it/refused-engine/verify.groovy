import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<engine> (-Dbitnet.engine) is 'jib', but this version builds with a Docker engine only: use docker or auto.''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
