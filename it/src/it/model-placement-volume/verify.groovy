import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.RunningImage

def image = 'bitnet-it/model-placement-volume:1.0'
assert Audit.of(basedir.toPath()).number('/sizes/modelBytes') == 0
BuildLog.of(basedir.toPath()).says('Model: none in the image, it is mounted at /app/models.')
    // The smoke test mounted it.
    .matches(/bitnet-it\/model-placement-volume:1\.0 is healthy after [0-9.]+ s and completes at [0-9.]+ tokens\/s/)

// Without a model it says what to mount where, and ends.
try {
    Docker.run('run', '--rm', '--read-only', '--cap-drop=ALL', image)
    assert false : 'It started without a model'
} catch (IllegalStateException e) {
    assert e.message.endsWith('failed: bitnet-probe: There is no model at /app/models/random.gguf.\n' +
            'bitnet-probe: Mount the directory that holds the model, as in: docker run -v /path/to/models:/app/models:ro ...,' +
            " or set MODEL_PATH to the model's path in the container.")
}
assert new ProcessBuilder('docker', 'run', '--rm', image).redirectErrorStream(true).start().waitFor() == 1

// With one it serves, in its place or where MODEL_PATH says.
def model = (new File(basedir, '../tiny-parent/pom.xml').text =~ /<file>(.*)<\/file>/)[0][1]
RunningImage.start(image, '--read-only', '--cap-drop=ALL', '--volume', model + ':/app/models/random.gguf:ro').withCloseable {
    assert it.awaitHealthy().get('/health') == '{"status":"ok"}'
}
RunningImage.start(image, '--read-only', '--cap-drop=ALL', '--volume', model + ':/data/own.gguf:ro', '--env',
        'MODEL_PATH=/data/own.gguf').withCloseable {
    assert it.awaitHealthy().get('/health') == '{"status":"ok"}'
}
true
