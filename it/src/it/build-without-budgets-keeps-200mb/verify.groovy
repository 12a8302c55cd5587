import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def budget = Audit.of(basedir.toPath()).budget('withoutModel')
assert budget.limitBytes == 200_000_000
BuildLog.of(basedir.toPath()).says('200MB')
true
