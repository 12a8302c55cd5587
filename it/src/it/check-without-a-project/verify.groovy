import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def log = BuildLog.of(basedir.toPath())
println log
true
