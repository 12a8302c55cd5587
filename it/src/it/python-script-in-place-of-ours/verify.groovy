import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.RunningImage

def image = 'bitnet-it/python-script-in-place-of-ours'
def layers = { tag ->
    new JsonSlurper().parseText(Docker.run('image', 'inspect', '--format', '{{json .RootFS.Layers}}', "$image:$tag"))
}
def one = layers('one')
def two = layers('two')
// A change of the script makes the last layer anew, and no other.
assert one.size() == two.size()
assert one[0..-2] == two[0..-2]
assert one[-1] != two[-1]
def newest = Docker.run('history', '--human=false', '--format', '{{.Size}} {{.CreatedBy}}', "$image:two").readLines()
    .findAll { !it.startsWith('0 ') }.first()
assert newest.contains('COPY')
assert newest.split(' ')[0].toLong() < 1_000_000
assert newest.split(' ')[0].toLong() == new File(basedir, 'two/serve.py').length()

// Nothing of our server is left.
assert !Docker.run('run', '--rm', '--entrypoint', 'find', "$image:two", '/app', '-name', 'bitnet_server*')
RunningImage.start("$image:two" as String, '--read-only', '--cap-drop', 'ALL').withCloseable { running ->
    running.awaitHealthy()
    def answer = new JsonSlurper().parseText(running.post('/completion', '{"prompt": "x"}'))
    assert answer.content == 'two'
    assert answer.model.endsWith('/random.gguf')
}
true
