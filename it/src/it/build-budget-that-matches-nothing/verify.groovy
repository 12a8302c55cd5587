import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-budget-that-matches-nothing:1.0')
assert audit.budget('paths').verdict == 'fail'
log.says('No file of bitnet-it/build-budget-that-matches-nothing:1.0 matches /opt/nothing/**, so its budget paths of 100 kB limits nothing. Correct the patterns or remove the budget.')
true
