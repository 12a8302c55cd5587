import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-layer-of-the-model-too-big:1.0')
assert audit.budget('layers').actualBytes == audit.number('/sizes/modelBytes')
log.says('more than its budget layers of 1 MB.')
true
