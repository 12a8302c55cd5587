import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

assert Audit.in(basedir.toPath().resolve('bitnet')).text('/outcome') == 'fail'
assert new File(basedir, 'bitnet').list() as Set == ['audit.json', 'inventory.ndjson.gz'] as Set
assert new File(basedir, 'theirs').list() as Set == ['report.html', 'report.md', 'report.sarif'] as Set
assert new File(basedir, 'theirs/report.md').getText('UTF-8').contains('### ❌ `bitnet-it/check-without-reports:1.0`: 1 of 1 budget exceeded')
BuildLog.of(basedir.toPath()).says(
    'FAIL  1 of 1 budget exceeded',
    'missing/audit.json cannot be read as an audit.json: NoSuchFileException')
true
