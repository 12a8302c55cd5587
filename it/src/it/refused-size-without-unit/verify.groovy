import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '''<budgets><image><maximum> (-Dbitnet.budget.image) is '1400', but it has no unit. Write a number and one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 1.4GB.''')
    .neverSays('docker-maven-plugin', 'Building image')
// Nothing was begun.
assert !new File(basedir, 'target/bitnet/context').exists()
true
