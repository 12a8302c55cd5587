import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('Cannot audit ').neverSays('budgets exceeded')
assert Audit.of(basedir.toPath()).text('/outcome') == 'error'
true
