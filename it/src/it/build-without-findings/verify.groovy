import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.list('/findings').isEmpty()
assert audit.list('/budgets').findAll { it.budget == 'findings' }.size() == 14
assert audit.list('/components')*.name as Set == ['model', 'backend'] as Set
BuildLog.of(basedir.toPath()).says('PASS  15 of 15 budgets kept')
true
