import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

context.get('registry').close()
BuildLog.of(basedir.toPath()).says(
    'read from registry',
    '2 of 2 budgets exceeded for localhost:5055/acme/bitnet:1.0',
    'The image localhost:5055/acme/bitnet:1.0 has 2.45 MB, which is 1.45 MB more than its budget image of 1 MB.',
    "Cannot audit localhost:5055/acme/missing:1.0: The registry localhost:5055 has no image 'acme/missing:1.0'. Push it first, or check its name.")
// The packed size is told before the layers are read, and again with all verdicts.
def packed = BuildLog.of(basedir.toPath()).linesWith('packed, which is ')
assert packed.size() == 2
assert packed.every { it.startsWith('The image localhost:5055/acme/bitnet:1.0 has ') || it.startsWith('- The image localhost:5055/acme/bitnet:1.0 has ') }
BuildLog.of(basedir.toPath()).says('The manifest tells that. The layers are read now, for all other figures.')
// Of the last run.
assert Audit.of(basedir.toPath()).text('/outcome') == 'error'
true
