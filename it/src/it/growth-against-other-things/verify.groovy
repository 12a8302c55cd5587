import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def exceeded = 'which is 100 kB (22.23 %) more than the 450 kB in '
def history = new File(basedir, 'pom.xml/history.ndjson')
BuildLog.of(basedir.toPath())
    .says('Reading image:bitnet-it/growth-against-other-things:small to compare with',
        "- The image large.tar has 550 kB without its model, ${exceeded}image:bitnet-it/growth-against-other-things:small,"
            + ' and 90 kB more than its budget growth of 2% allows.',
        "The history $history cannot be written: ",
        "- The image large.tar has 550 kB without its model, ${exceeded}second, and 90 kB more than its budget growth of 2% allows.",
        'Cannot audit large.tar: git tells no commit for ')
    .matches(/on project growth-against-other-things: The history \S+ cannot be written: /)
    .neverSays('Cannot audit large.tar: The history')
def first = Audit.in(new File(basedir, 'first').toPath())
assert first.text('/growth/against/kind') == 'image'
assert first.text('/growth/files/0/path') == 'usr/share/extra'
assert first.text('/growth/files/0/kind') == 'added'
def second = Audit.in(new File(basedir, 'second').toPath())
assert second.text('/outcome') == 'pass'
assert second.text('/growth/against/kind') == 'audit'
assert second.text('/growth/files/0/kind') == 'removed'
def third = Audit.in(new File(basedir, 'third').toPath())
assert third.text('/growth/against/where') == 'first'
assert third.number('/growth/totals/addedFiles') == 0
true
