import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'warn'
assert audit.budget('image').verdict == 'warn'
BuildLog.of(basedir.toPath()).says('more than its budget image of 1 MB.').neverSays('budgets exceeded')
true
