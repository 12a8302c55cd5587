import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.SavedImage

// A line from the middle of the certificate.
def secret = new File(basedir, 'acme.pem').readLines()[3]
assert secret.length() == 64
for (image in ['bitnet-it/certificates-mock:1.0', 'bitnet-it/certificates-download:1.0']) {
    def saved = SavedImage.of(image, 'bitnet-probe: ', secret)
    assert saved.places('bitnet-probe: ') == ['app/bin/bitnet-probe'] : 'The search itself does not work'
    assert saved.places(secret) == []
    assert !Docker.run('history', '--no-trunc', image).contains(secret)
}

// What is in an image that downloads, and how it says so.
def image = 'bitnet-it/certificates-download:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.paths() as Set ==
        ['app/bin/bitnet-fetch', 'app/bin/bitnet-probe', 'app/bin/llama-server'] as Set
assert audit.list('/findings') == []
def environment = Docker.run('image', 'inspect', '--format', '{{json .Config.Env}}', image)
assert environment.contains('"BITNET_MODEL_URL=https://huggingface.co/microsoft/bitnet-b1.58-2B-4T-gguf/resolve/')
assert environment.contains('"BITNET_MODEL_SHA256=4221b252fdd5fd25e15847adfeb5ee88886506ba50b8a34548374492884c2162"')
assert environment.contains('"BITNET_MODEL_BYTES=1187801280"')
true
