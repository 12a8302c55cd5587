import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 1 budgets exceeded for bitnet-it/build-without-model-too-big:1.0')
def bytes = audit.number('/sizes/withoutModelBytes')
assert bytes == audit.number('/sizes/unpackedBytes') - audit.number('/sizes/modelBytes')
assert audit.budget('withoutModel').actualBytes == bytes
log.says("The image bitnet-it/build-without-model-too-big:1.0 has ${Audit.roundedUp(bytes)} without its model, which is ${Audit.printed(bytes - 100_000)} more than its budget withoutModel of 100 kB.")
// What the bytes are, and which instruction brought them.
assert audit.text('/budgets/0/contributors/0/path') == 'app/bin/llama-server'
log.matches('[0-9.]+ kB +/app/bin/llama-server +layer 1 +COPY dir:[0-9a-f]{8}\\S+ /')
true
