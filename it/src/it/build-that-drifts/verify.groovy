import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import java.time.OffsetDateTime

def (commit, time) = ['git', 'log', '-1', '--format=%H %cI'].execute(null, basedir).text.trim().split(' ')
def history = new File(basedir, 'src/image-history.ndjson').readLines().collect { new JsonSlurper().parseText(it) }
assert history*.revision == [commit, 'next']
assert history*.time == [OffsetDateTime.parse(time).toInstant().toString(), '2098-12-31T23:00:00Z']
assert history*.outcome == ['pass', 'fail']
def (before, after) = history*.ownBytes
assert after - before in 290_000..310_000

def image = 'bitnet-it/build-that-drifts:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.number('/sizes/unpackedBytes') == history[1].sizes.unpackedBytes
assert audit.text('/growth/files/0/path') == 'app/bin/llama-server'
assert audit.text('/growth/files/0/kind') == 'resized'
def log = BuildLog.of(basedir.toPath())
    .matches(/growth +2% +no baseline +pass/)
    .says("2 of 3 budgets exceeded for $image:",
        'in the baseline src/image-baseline.json, and ',
        "of revision ${commit[0..11]}, the smallest of the last 30 audits, and ")
assert log.count('Added to the history ') == 2

def page = new File(basedir, 'target/bitnet/report.html').text
def trend = new JsonSlurper().parseText((page =~ /<script type="application\/json" id="data">(.*?)<\/script>/)[0][1]).trend
assert trend.points*.revision == [commit, 'next']
assert trend.points*.own == [before, after]
assert trend.ceiling.series == 'own'
assert trend.ceiling.bytes == before + before.intdiv(50)
def markdown = new File(basedir, 'target/bitnet/report.md').text
assert markdown =~ /Trend: \*\*\+[0-9.]+ %\*\* over 2 revisions \(without the model, from /
// The history is the same as then, and so are the reports.
assert new File(basedir, 'again/report.html').text == page
assert new File(basedir, 'again/report.md').text == markdown
true
