import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<budgest> in the <configuration> of bitnet-maven-plugin is not known. Did you mean <budgets>?''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
