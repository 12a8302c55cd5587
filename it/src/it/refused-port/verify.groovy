import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<image><port> (-Dbitnet.port) is '65536', but a port is a whole number from 1 to 65535.''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
