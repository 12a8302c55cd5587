import io.github.bitnetmaven.it.BuildLog

// The second run, which fails, has removed what the first one wrote.
assert !new File(basedir, 'bitnet/compare.json').exists()
assert !new File(basedir, 'bitnet/compare.md').exists()
BuildLog.of(basedir.toPath())
    .matches(/before  bitnet-it\/compare-without-a-project:old/)
    .matches(/unpacked +2\.55 MB +2\.45 MB +-100 kB  -3\.9%/)
    .matches(/-100 kB  \/usr\/share\/extra \(gone\)/)
    .says('There is nothing at nowhere.tar. Name an image with image:NAME or registry:NAME, or the path of an archive, an OCI'
        + ' layout, an audit.json or a baseline.',
        'The base image bitnet-it/nowhere:1.0 of new.tar is not on the engine, so its layers are not known. Pull it, or name another'
            + ' one with -Dbitnet.baseImage.')
    .matches(/-100 kB  own +100 kB -> 0 B/)
    .matches(/0 B  base +2\.45 MB -> 2\.45 MB|0 B  base +450 kB -> 450 kB/)
def markdown = new File(basedir, 'based/compare.md').getText('UTF-8')
assert markdown.startsWith('### `bitnet-it/compare-without-a-project:old` → `new.tar`\n')
assert markdown.contains('| unpacked | 2.55 MB | 2.45 MB | −100 kB (−3.9 %) |')
assert markdown.contains('- −100 kB `/usr/share/extra` (gone)')
assert new groovy.json.JsonSlurper().parse(new File(basedir, 'based/compare.json')).growth.base == 'same'
true
