import io.github.bitnetmaven.it.Audit

def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.text('/image/source') == 'docker-archive'
assert audit.number('/sizes/unpackedBytes') == 2_450_000
assert audit.number('/sizes/modelBytes') == 2_000_000
true
