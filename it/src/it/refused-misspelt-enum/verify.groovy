import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<backend><compileIn> (-Dbitnet.backend.compileIn) is 'contaner', but must be one of container, host; did you mean container?''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
