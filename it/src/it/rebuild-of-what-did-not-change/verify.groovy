import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def image = 'bitnet-it/rebuild-of-what-did-not-change'
// The audit is of the image that has the name, always. Two of them are removed on the way.
def ids = (1..10).collectEntries { [it, Audit.in(basedir.toPath().resolve("target/run-$it")).text('/image/id')] }
((1..10) - [7, 8]).each { assert Docker.idOf("$image:run-$it") == ids[it] }
assert Docker.idOf("$image:1.0") == ids[10]
assert !Docker.hasImage(ids[7])

// What the log says of each, and how often docker-maven-plugin spoke.
def built = { run -> "Built image $image:1.0, id ${ids[run].take(19)}" as String }
def unchanged = { run ->
    "Nothing changed since $image:1.0 was built: docker-maven-plugin is not run, image ${ids[run].take(19)}." as String
}
def log = BuildLog.of(basedir.toPath())
def said = log.linesWith("$image:1.0").findAll { it.startsWith('Built image') || it.startsWith('Nothing changed') }
assert said == [
    built(1), unchanged(2),
    // Another label.
    built(3),
    // The first is still there, and gets its name again.
    unchanged(4),
    // The same model under another name; then another base under the same name.
    built(5), built(6),
    // Without the engine's cache; what came of it is the image from then on.
    built(7), unchanged(8),
    // The image was removed.
    built(9), unchanged(10)]
assert log.linesWith('DOCKER> [bitnet-it/rebuild-of-what-did-not-change:').findAll { it.contains(': Built image') }.size() == 6

assert ids[2] == ids[1] && ids[4] == ids[1] && ids[8] == ids[7] && ids[10] == ids[9]
// The ninth may come from the engine's cache, which still has the sixth.
assert [1, 3, 5, 6, 7].collect { ids[it] }.toSet().size() == 5 && ids[9] != ids[7] : ids

(1..10).each { Docker.forget("$image:run-$it") }
['one', 'two', 'now'].each { Docker.forget("bitnet-it/unchanged-base:$it") }
true
