import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

assert Audit.of(basedir.toPath()).budget('withoutModel').limitBytes == 200_000_000
BuildLog.of(basedir.toPath()).says('No budget is set: the default is used, withoutModel with a maximum of 200 MB.')
true
