import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.Docker

def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.text('/image/id') == Docker.idOf('acme/bitnet:1.0')
Docker.forget('acme/bitnet:1.0')
true
