import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def audit = Audit.of(basedir.toPath())
def bytes = audit.number('/sizes/unpackedBytes')
assert audit.text('/outcome') == 'warn'
assert audit.budget('image').verdict == 'warn'
assert audit.budget('image').message ==
    "The image bitnet-it/build-warns-where-the-level-says-so:1.0 has ${Audit.roundedUp(bytes)}, which is ${Audit.printed(bytes - 1_000_000)} more than its budget image of 1 MB."
BuildLog.of(basedir.toPath()).matches(/image +1 MB +[0-9.]+ MB +[0-9.]+ MB over +warn/).neverSays('budgets exceeded for')
true
