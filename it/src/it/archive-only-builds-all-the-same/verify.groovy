import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.Docker

// docker-maven-plugin would write an archive, build no image and report success.
assert Audit.of(basedir.toPath()).text('/image/id') == Docker.idOf('bitnet-it/archive-only-builds-all-the-same:1.0')
true
