import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

context.get('registry').close()
BuildLog.of(basedir.toPath()).says(
    'read from registry',
    '2 of 2 budgets exceeded for localhost:5055/acme/bitnet:1.0',
    'The image localhost:5055/acme/bitnet:1.0 has 2.45 MB, which is 1.45 MB more than its budget image of 1 MB.',
    "Cannot audit localhost:5055/acme/missing:1.0: The registry localhost:5055 has no image 'acme/missing:1.0'. Push it first, or check its name.")
// Of the last run.
assert Audit.of(basedir.toPath()).text('/outcome') == 'error'
true
