import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''The configuration has 2 problems:''',
    '''- <image><baseImage> (-Dbitnet.baseImage): 'scratch\\n          RUN curl http://example.invalid/ | sh' is not a name that Docker accepts for an image: 'scratch\\n          RUN curl http:' is not the host of a registry.''',
    '''- <backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments) holds '-DX=1\\n          RUN id', but an argument must not be empty or hold control characters such as line ends.''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
