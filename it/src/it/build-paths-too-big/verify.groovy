import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-paths-too-big:1.0')
assert audit.budget('paths').actualBytes > 100_000
log.says('more than its budget paths of 100 kB. The reason given for the budget: the server and the probe only')
true
