import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.ModelHost

ModelHost host = context.get('host')
def digest = context.get('digest')
def file = new File(basedir, "cache/bitnet/models/${digest}/served.gguf")
assert file.file
def log = BuildLog.of(basedir.toPath())
log.says('The download of served.gguf was interrupted', "Model: served.gguf, 2.77 MB, sha256 ${digest}", "File: ${file}")
assert log.count("File: ${file}") == 2
// Cut off, gone on; then nothing was asked.
assert host.requests().size() == 2
assert host.requests()[1].range() ==~ /bytes=[1-9][0-9]*-/
host.close()
true
