import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.ModelHost

ModelHost host = context.get('host')
host.close()
BuildLog.of(basedir.toPath()).says("What ${host.address()}/served.gguf sent is not the expected model: its sha256 is " +
        "${context.get('other')} instead of ${context.get('digest')}. It was removed. Check the address and the digest;" +
        " if both are right, do not trust that server.")
def store = new File(basedir, "cache/bitnet/models/${context.get('digest')}")
assert store.list() as List == ['.lock']
true
