import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    '1 of 1 budgets exceeded for bitnet-it/check-without-a-project:1.0',
    'The image bitnet-it/check-without-a-project:1.0 has 2.45 MB, which is 1.05 MB more than its budget image of 1.4 MB.')
assert Audit.in(basedir.toPath().resolve('bitnet')).text('/outcome') == 'fail'
true
