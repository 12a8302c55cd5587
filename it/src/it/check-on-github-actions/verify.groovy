import io.github.bitnetmaven.it.BuildLog

def image = 'bitnet-it/check-on-github-actions:1.0'
def lines = new File(basedir, 'build.log').readLines('UTF-8')
// At the start of a line, where the runner looks for them.
def error = lines.find { it.startsWith('::error ') }
assert error ==~ /::error file=\S*pom\.xml,line=20,col=13,title=Size budget image::The image \Q${image}\E has 2\.45 MB, which is 50 kB more than its budget image of 2\.4 MB\./
assert lines.find { it.startsWith('::warning ') } =~ /,line=23,col=13,title=Size budget waste::/
// Where CI is set, test cases are written, too.
assert new File(basedir, 'target/bitnet/TEST-bitnet.xml').isFile()
assert new File(basedir, 'step-summary.md').getText('UTF-8').trim() == new File(basedir, 'target/bitnet/report.md').getText('UTF-8').trim()
BuildLog.of(basedir.toPath()).says("1 of 2 budgets exceeded for $image")
true
