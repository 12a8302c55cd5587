import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def log = BuildLog.of(basedir.toPath())
def audit = Audit.of(basedir.toPath())

assert audit.text('/outcome') == 'fail'
log.says('1 of 2 budgets exceeded for bitnet-it/build-paths-too-big:1.0')
def bytes = audit.budget('paths').actualBytes
log.says("In bitnet-it/build-paths-too-big:1.0, the 2 files that match /app/bin/** have ${Audit.roundedUp(bytes)}, which is ${Audit.printed(bytes - 100_000)} more than its budget paths of 100 kB. The reason given for the budget: the server and the probe only")
true
