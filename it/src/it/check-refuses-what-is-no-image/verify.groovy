import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def noImage = 'The archive holds no image: it has neither manifest.json (docker save) nor index.json (OCI). Give the output of docker save, an OCI archive, or an OCI layout directory.'
def path = { new File(basedir, it).path }
def refused = [
    empty    : ['empty.tar', "The archive '${path('empty.tar')}' is empty. Save the image again."],
    text     : ['text.tar', "'${path('text.tar')}' cannot be read: The archive holds something that is not a tar header (near byte 0)."],
    files    : ['files.tar', noImage],
    missing  : ['missing.tar', "There is no file or directory '${path('missing.tar')}' (bitnet.archive)."],
    directory: ['directory', "The directory '${path('directory')}' is no OCI layout: it has no index.json. Give an OCI layout, an OCI archive, or the output of docker save."],
    index    : ['index', 'No image of the layout is for linux/amd64; there are linux/arm64, linux/s390x. Choose one with bitnet.platform.'],
]
def log = BuildLog.of(basedir.toPath())
refused.each { directory, expected ->
    def audit = Audit.in(basedir.toPath().resolve("target/$directory"))
    def message = "Cannot audit ${expected[0]}: ${expected[1]}"
    assert audit.text('/outcome') == 'error'
    assert audit.text('/error') == message
    log.says(message)
}
// A budget that matches nothing fails.
assert Audit.in(basedir.toPath().resolve('target/pattern')).text('/outcome') == 'fail'
log.says('1 of 1 budgets exceeded for index:', 'No file of index matches /usr/libexec/**, so its budget paths of 1 GB limits nothing. Correct the patterns or remove the budget.')
true
