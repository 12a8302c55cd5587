import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def image = 'bitnet-it/check-tells-every-budget-that-is-exceeded:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'fail'
assert audit.number('/sizes/unpackedBytes') == 2_450_000
assert audit.number('/sizes/unpackedBytes') == Docker.historyBytes(image)
assert audit.number('/sizes/visibleBytes') == 2_350_000
assert audit.number('/sizes/wastedBytes') == 100_000
assert audit.number('/sizes/modelBytes') == 2_000_000
assert audit.number('/sizes/withoutModelBytes') == 450_000
assert audit.number('/sizes/layerCount') == 4
assert audit.number('/sizes/fileCount') == 3
assert audit.budget('image').actualBytes == 2_450_000
assert audit.budget('withoutModel').actualBytes == 450_000
assert audit.budget('layer').actualBytes == 2_000_000
assert audit.budget('layers').actualBytes == 100_000
assert audit.budget('paths').actualBytes == 50_000
BuildLog.of(basedir.toPath()).says(
    "budgets exceeded for $image")
true
