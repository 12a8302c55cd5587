import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.RegistryServer
import io.github.bitnetmaven.it.SavedImage

def certificate = new File(basedir, 'trusted.pem').readLines()[3]
assert certificate.length() == 64
def secrets = [certificate, 'hf_secretSECRETsecret', 's3cret-of-the-index']
def own = [
    native  : ['app/bin/bitnet-probe', 'app/bin/llama-server', 'app/models/random.gguf'],
    download: ['app/bin/bitnet-fetch', 'app/bin/bitnet-probe', 'app/bin/llama-server'],
    mock    : ['app/bin/bitnet-mock', 'app/bin/bitnet-probe'],
    python  : []]
own.each { variant, files ->
    def image = "bitnet-it/rebuild-$variant"
    // Built from nothing in another directory, or with another label: the same layers, to the byte.
    def layers = SavedImage.diffIds("$image:first")
    assert SavedImage.diffIds("$image:second") == layers
    assert SavedImage.diffIds("$image:third") == layers
    def version = '{{index .Config.Labels "org.opencontainers.image.version"}}'
    assert Docker.run('image', 'inspect', '--format', version, "$image:second") == '1.0'
    assert Docker.run('image', 'inspect', '--format', version, "$image:third") == '2.0'

    def saved = SavedImage.of("$image:first", 'bitnet-probe: ', *secrets)
    assert saved.places('bitnet-probe: ') == ['app/bin/bitnet-probe'] : 'The search itself does not work'
    secrets.each { assert saved.places(it) == [] : "$it is in $image" }
    def history = Docker.run('history', '--no-trunc', "$image:first")
    secrets.each { assert !history.contains(it) : "$it is in the history of $image" }
    if (files) {
        // No shell, and nothing else that is not needed; all of it with fixed times.
        assert saved.files() == files
        assert saved.entries().every { it.modified() in [0L, 1L] } : saved.entries()
    } else {
        def ours = saved.entries().findAll { it.path() == 'app' || it.path().startsWith('app/') }
        assert ours.any { it.path().startsWith('app/packages/') } && ours.any { it.path().startsWith('app/server/') }
        assert ours.every { it.modified() in [0L, 1L] } : ours
    }
}
BuildLog.of(basedir.toPath()).neverSays(*secrets)

// A registry that has the first image is sent nothing of the others but what describes them.
def directory = new File(basedir, 'registry')
def blobs = {
    def found = [:]
    directory.eachFileRecurse { if (it.name == 'data') { found[it.parentFile.name] = it.length() } }
    found
}
RegistryServer.open(directory.toPath()).withCloseable { registry ->
    ['native', 'download', 'mock'].each { variant ->
        def push = { tag ->
            def there = "${registry.host()}/$variant:$tag" as String
            Docker.run('tag', "bitnet-it/rebuild-$variant:$tag", there)
            try {
                return Docker.run('push', there)
            } finally {
                Docker.forget(there)
            }
        }
        assert push('first').contains(': Pushed')
        def before = blobs()
        ['second', 'third'].each { tag ->
            def said = push(tag)
            assert said.count(': Layer already exists') == SavedImage.diffIds("bitnet-it/rebuild-$variant:$tag").size() : said
            assert !said.contains(': Pushed') : said
        }
        def sent = blobs() - before
        // Two manifests and two configurations: they hold the time of the build and the label.
        assert sent.size() == 4
        assert sent.values().sum() < 40_000
    }
}
true
