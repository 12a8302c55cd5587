import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def image = 'bitnet-it/check-without-a-project-verifies-an-archive:1.0'
def page = new File(basedir, '../../../../docs/sizes.md').getText('UTF-8')
def audit = Audit.in(basedir.toPath().resolve('bitnet'))
assert audit.list('/uncheckedDigests') == []
BuildLog.of(basedir.toPath()).neverSays('Not checked')

// The page's example is this image, and its figures are those of the audit.
assert page.contains(new File(basedir, 'fixed-image/Dockerfile').getText('UTF-8').strip())
def figures = (page =~ /\| (\w[\w ]*) \| ([0-9, ]+) \|/).collect { [it[1], it[2].replace(',', '').trim()] }.collectEntries()
assert figures.keySet().containsAll(['layers', 'unpacked', 'visible', 'wasted', 'model', 'without model'])
assert figures['layers'] == audit.list('/layers').collect { it.unpackedBytes }.join(' ')
assert figures['unpacked'] as long == audit.number('/sizes/unpackedBytes')
assert figures['visible'] as long == audit.number('/sizes/visibleBytes')
assert figures['wasted'] as long == audit.number('/sizes/wastedBytes')
assert figures['model'] as long == audit.number('/sizes/modelBytes')
assert figures['without model'] as long == audit.number('/sizes/withoutModelBytes')

// The commands of the page come to the same.
def commands = (page =~ /(?s)```sh\n(.*?)```/).collect { it[1] }
def layer = new groovy.json.JsonSlurper().parseText(['sh', '-c', "docker save $image | tar -xf - -O manifest.json"].execute().text)[0].Layers[0]
def shell = { String command ->
    def process = ['sh', '-c', command.replace('IMAGE', image).replace('LAYER', layer)].execute()
    def out = process.text
    assert process.waitFor() == 0
    out.readLines()
}
assert shell(commands.find { it.startsWith('docker history') }).reverse().join(' ') == figures['layers']
assert shell(commands.find { it.startsWith('docker save') }) == ['300000']
assert shell(commands.find { it.startsWith('container=') })[0] == figures['visible']
true
