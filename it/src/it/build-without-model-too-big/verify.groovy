import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 1 budgets exceeded for bitnet-it/build-without-model-too-big:1.0')
def bytes = audit.number('/sizes/withoutModelBytes')
assert bytes == audit.number('/sizes/unpackedBytes') - audit.number('/sizes/modelBytes')
assert audit.budget('withoutModel').actualBytes == bytes
log.says("${Audit.printed(bytes - 100_000)} more than its budget withoutModel of 100 kB.")
// What the bytes are, and who brought them.
log.matches('/?app/bin/llama-server')
true
