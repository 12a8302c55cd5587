import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

context.get('registry').close()
def log = BuildLog.of(basedir.toPath())
log.says(
    'Cannot audit localhost:5056/acme/bitnet:1.0: The registry localhost:5056 wants a login to read acme/bitnet, or has no such repository. Log in with "docker login localhost:5056", or give Maven\'s settings.xml a <server> with the <id>localhost:5056</id>, a <username> and a <password>.',
    'Cannot audit localhost:5056/acme/bitnet:1.0: The registry localhost:5056 does not let the login of the server \'localhost\' in Maven\'s settings.xml read acme/bitnet.')
log.neverSays('s3cret-of-bob', 'wr0ng-of-bob', 'Ym9iOnMzY3JldC1vZi1ib2I')
// With the logins that are right.
assert log.count('read from registry') == 2
assert Audit.of(basedir.toPath()).text('/outcome') == 'error'
true
