import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def image = 'localhost:15437/acme/bitnet:1.0'
context.get('registry').withCloseable {
    def log = BuildLog.of(basedir.toPath())
    log.says("Pushing $image, which keeps its 1 budgets.")
    log.says("$image is not pushed: 1 of 2 budgets exceeded for $image. Make the image smaller, or raise the budget"
        + " and audit it again.")
    log.says("$image is not pushed: there is no audit of it: "
        + basedir.toPath().resolve('elsewhere/audit.json') + " is missing. Run bitnet:build or bitnet:check first.")
    def id = Docker.idOf(image)
    Docker.forget(image)
    Docker.run('pull', '--quiet', image)
    assert Docker.idOf(image) == id
    Docker.forget(image)
}
true
