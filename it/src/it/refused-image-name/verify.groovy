import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<image><name> (-Dbitnet.image): 'Acme/BitNet:1.0' is not a name that Docker accepts for an image: 'Acme' may only hold lower-case letters and digits, with single separators (. _ __ -) between them.''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
