import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath())
    .says("Cannot audit bitnet-it/skipped-build-is-not-audited-filter:1.0: docker.filter is 'other', so docker-maven-plugin is told not to build it. Add bitnet-it/skipped-build-is-not-audited-filter:1.0 to docker.filter, or skip this goal with bitnet.build.skip.")
    .neverSays('budgets exceeded', '2.45 MB')
true
