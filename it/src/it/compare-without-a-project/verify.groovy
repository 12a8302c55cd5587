import io.github.bitnetmaven.it.BuildLog

// The second run, which fails, has removed what the first one wrote.
assert !new File(basedir, 'bitnet/compare.json').exists()
BuildLog.of(basedir.toPath())
    .matches(/before  bitnet-it\/compare-without-a-project:old/)
    .matches(/unpacked +2\.55 MB +2\.45 MB +-100 kB  -3\.9%/)
    .matches(/-100 kB  \/usr\/share\/extra \(gone\)/)
    .says('There is nothing at nowhere.tar. Name an image with image:NAME or registry:NAME, or the path of an archive, an OCI'
        + ' layout, an audit.json or a baseline.')
true
