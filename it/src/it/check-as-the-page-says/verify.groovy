import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

// The example of docs/configuration.md.
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'warn'
assert audit.list('/budgets').collect { it.budget + ' ' + it.verdict } == [
    'image pass', 'withoutModel pass', 'waste warn', 'layerCount pass', 'layers pass', 'paths pass', 'forbidden pass']
assert new File(basedir, 'target/bitnet/report.sarif').isFile()
assert !new File(basedir, 'target/bitnet/report.md').exists()
BuildLog.of(basedir.toPath()).says('WARN  0 of 7 budgets exceeded, 1 warning')
true
