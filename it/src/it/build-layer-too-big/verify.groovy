import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-layer-too-big:1.0')
def bytes = audit.budget('layer').actualBytes
assert bytes == audit.number('/layers/0/unpackedBytes')
log.matches(/In bitnet-it\/build-layer-too-big:1\.0, layer 0 \(COPY .* \/\) has \Q${Audit.roundedUp(bytes)}\E, which is \Q${Audit.printed(bytes - 100_000)}\E more than its budget layer of 100 kB\./)
true
