import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.CommonInterface
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.RunningImage

def image = 'bitnet-it/python-server-answers:1.0'
def json = new JsonSlurper()
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'pass'
assert audit.text('/image/id') == Docker.idOf(image)
assert audit.number('/sizes/wastedBytes') == 0
assert audit.list('/findings').isEmpty()
assert audit.list('/components')*.name.containsAll(['server', 'backend', 'model', 'base', 'python/fastapi', 'python/pydantic-core'])
assert audit.number('/sizes/withoutModelBytes') <= 200_000_000
assert audit.number('/sizes/ownBytes') - audit.number('/sizes/modelBytes') <= 22_000_000

// Of what was installed only the packages are there, and nothing that only a build needs.
def own = audit.paths().findAll { it.startsWith('app/') || it.startsWith('tools/') || it.startsWith('python/') }
assert own.contains('app/server/bitnet_server/api.py')
assert own.any { it.startsWith('app/packages/fastapi/') }
assert own.every { it.startsWith('app/bin/') || it.startsWith('app/models/') || it.startsWith('app/packages/')
    || it.startsWith('app/server/') }
assert own.every { !it.contains('__pycache__') && !it.endsWith('.pyc') && !it.endsWith('.h') && !it.endsWith('.a') }
assert own.every { !it.startsWith('app/packages/pip/') && !it.startsWith('app/packages/bin/') }
own.findAll { it.endsWith('.so') || it.startsWith('app/bin/') }.each { path ->
    def file = new File(basedir, 'target/elf')
    def container = Docker.run('create', image)
    try {
        Docker.run('cp', "$container:/$path", file.path)
    } finally {
        Docker.run('rm', container)
    }
    assert !"readelf --sections --wide $file".execute().text.contains('.symtab'), "$path is not stripped"
}
def history = Docker.run('history', '--no-trunc', image)
assert !history.contains('PIP_') && !history.contains('ca-certificates.pem') && !history.contains('pip install')

def configuration = json.parseText(Docker.run('image', 'inspect', '--format', '{{json .Config}}', image))
assert configuration.User == '65532:65532'
assert configuration.Labels['org.opencontainers.image.version'] == '1.0'

def hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'] as String[]
RunningImage.start(image, hardened).withCloseable { running ->
    running.awaitHealthy()
    assert json.parseText(running.get('/health')) == [status: 'ok']

    def generated = json.parseText(running.post('/generate', '{"prompt": "once upon a time", "max_tokens": 8}'))
    assert generated.tokens == 8
    assert !generated.text.isEmpty()

    def chat = '{"messages": [{"role": "user", "content": "hello"}], "max_tokens": 4, "stream": true}'
    def events = running.post('/v1/chat/completions', chat).readLines().findAll { it.startsWith('data: ') }
        .collect { it.substring(6) }
    assert events.size() > 2
    assert events.last() == '[DONE]'
    assert events[0..-2].every { json.parseText(it).object == 'chat.completion.chunk' }

    assert json.parseText(running.post('/completion', '{"prompt": "x", "n_predict": 3}')).tokens_predicted == 3
    assert json.parseText(running.get('/v1/models')).data*.id == ['random']
    assert CommonInterface.requireOf(running, new File(imageSources).toPath()) > 40
    assert running.get('/metrics').contains('bitnet_backend_up 1.0')
    assert running.get('/openapi.json').contains('/v1/chat/completions')
    assert running.get('/docs').contains('/v1/chat/completions')
    // One server and one backend, however often it was asked.
    assert running.processes().count { it.contains('llama-server') } == 1
    assert running.processes().count { it.contains('bitnet_server') && !it.contains('bitnet-probe') } == 1
    assert running.stop() == 0
}

// Without a model it says what to mount where, and does not start.
def refusal = ['docker', 'run', '--rm', '-e', 'MODEL_PATH=/app/models/other.gguf', image].execute()
def words = new StringBuffer()
refusal.consumeProcessErrorStream(words)
assert refusal.waitFor() == 1
assert words.toString() == 'bitnet-probe: There is no model at /app/models/other.gguf.\n' +
    'bitnet-probe: Mount the directory that holds the model, as in: docker run -v /path/to/models:/app/models:ro ...,' +
    ' or set MODEL_PATH to the model\'s path in the container.\n'

// The tests of the server, against the backend that was compiled for this image.
def tests = new ProcessBuilder(
    new File(pytest).path, '--real', new File(basedir, 'target/bitnet/backend/app/bin/llama-server').path, modelFile)
    .redirectErrorStream(true).start()
def output = tests.inputStream.text
assert tests.waitFor() == 0, output
println output
true
