import groovy.json.JsonSlurper

def items = new JsonSlurper().parse(new File(basedir, 'target/bitnet/gl-code-quality-report.json'))
assert items.findAll { it.check_name.startsWith('budget/') }.collect { it.severity } == ['critical', 'minor']
assert items[0].description == 'The image bitnet-it/check-on-gitlab:1.0 has 2.45 MB, which is 50 kB more than its budget image of 2.4 MB.'
assert items[0].location.path.endsWith('pom.xml')
assert items[0].location.lines.begin == 20
// No commands for another build server.
assert !new File(basedir, 'build.log').readLines('UTF-8').any { it.startsWith('::') }
true
