import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<image><baseImage> (-Dbitnet.baseImage)''',
    '''<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments)''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
