import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def image = 'bitnet-it/check-writes-every-report:1.0'
def directory = new File(basedir, 'target/bitnet')
def log = BuildLog.of(basedir.toPath())
assert Audit.of(basedir.toPath()).text('/outcome') == 'fail'
def files = ['audit.json', 'inventory.ndjson.gz', 'report.html', 'report.md', 'TEST-bitnet.xml', 'report.sarif', 'badge.svg', 'badge.json']
// Written before anything is thrown, each whole, nothing else beside them.
assert directory.list() as Set == files as Set
files.each { log.says("Written: $directory.canonicalPath/$it") }
log.says('FAIL  1 of 2 budgets exceeded, 1 warning')

assert new File(directory, 'report.md').getText('UTF-8').startsWith('<!-- bitnet-audit bitnet-it/check-writes-every-report -->\n### ❌ `' + image + '`: 1 of 2 budgets exceeded, 1 warning\n')
def suite = new XmlSlurper().parse(new File(directory, 'TEST-bitnet.xml'))
assert suite.testcase.collect { it.@name.text() } == ['image', 'waste']
assert suite.testcase[0].failure.@message.text() == "The image $image has 2.45 MB, which is 50 kB more than its budget image of 2.4 MB."
def results = new JsonSlurper().parse(new File(directory, 'report.sarif')).runs[0].results
assert results.findAll { it.ruleId.startsWith('budget/') }.collect { it.level } == ['error', 'warning']
def place = results[0].locations[0].physicalLocation
assert place.artifactLocation.uri.endsWith('pom.xml')
def line = new File(basedir, 'pom.xml').readLines()[place.region.startLine - 1]
assert line.substring(place.region.startColumn - 1) == '<image>'
assert new JsonSlurper().parse(new File(directory, 'badge.json')).message == '2.45 MB'
assert new XmlSlurper().parse(new File(directory, 'badge.svg')).title.text().startsWith('image size: 2.45 MB')
true
