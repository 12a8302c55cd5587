import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath())
    .says("Cannot audit bitnet-it/skipped-build-is-not-audited-skip-build:1.0: this run of Maven did not build it (docker.skip.build is true), and an older image of that name is not what this project makes. Skip the check as well with -Dbitnet.check.skip, or check the older image in a run of its own.")
    .neverSays('budgets exceeded', '2.45 MB')
true
