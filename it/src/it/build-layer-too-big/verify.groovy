import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-layer-too-big:1.0')
assert audit.budget('layer').actualBytes > 1_000_000
log.says('more than its budget layer of 1 MB.')
true
