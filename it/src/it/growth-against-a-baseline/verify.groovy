import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath())
    .says('There is no baseline to measure the growth of small.tar against. Record one with bitnet:baseline and commit it,'
            + ' or set <growth><ifMissing> to IGNORE.',
        'Recorded small.tar with 2.45 MB in ',
        '1 of 1 budgets exceeded for large.tar:',
        '- The image large.tar has 550 kB without its model, which is 100 kB (22.23 %) more than the 450 kB in the baseline'
            + ' src/image-baseline.json, and 90 kB more than its budget growth of 2% allows.',
        'Recorded large.tar with 2.55 MB in ',
        'The baseline src/image-baseline.json was lowered by 100 kB. Commit it, so that the image does not grow again.',
        'The baseline src/image-baseline.json stays as it is: a budget is exceeded.',
        "<budgets><growth><maximum> (-Dbitnet.budget.growth) is '2', but says neither percent nor bytes. Write 2%, or a size"
            + ' such as 2MB.',
        'Added to the history ')
def baseline = new JsonSlurper().parse(new File(basedir, 'src/image-baseline.json'))
assert baseline.schema == 'bitnet-baseline/1'
assert baseline.sizes.unpackedBytes == 2_450_000
def history = new File(basedir, 'src/image-history.ndjson').readLines().collect { new JsonSlurper().parseText(it) }
assert history*.revision == ['one']
assert history[0].sizes.unpackedBytes == 2_450_000
// The last one was against an archive: what is gone is told.
def audit = Audit.of(basedir.toPath())
assert audit.text('/growth/against/kind') == 'archive'
assert audit.text('/growth/files/0/path') == 'usr/share/extra'
assert audit.text('/growth/files/0/kind') == 'removed'
assert audit.number('/growth/totals/removedBytes') == 100_000
true
