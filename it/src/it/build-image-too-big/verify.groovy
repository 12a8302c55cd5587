import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-image-too-big:1.0')
def bytes = audit.number('/sizes/unpackedBytes')
assert audit.budget('image').actualBytes == bytes
assert bytes > 3_000_000
log.says("The image bitnet-it/build-image-too-big:1.0 has ${Audit.roundedUp(bytes)}, which is ${Audit.printed(bytes - 3_000_000)} more than its budget image of 3 MB.")
true
