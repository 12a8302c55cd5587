import io.github.bitnetmaven.it.Docker

def old = new File(basedir, 'old-id').text
assert Docker.idOf('bitnet-it-foreign/kept:1') == old
assert Docker.idOf('bitnet-it/rebuild-keeps-foreign-tags:1.0') != old
Docker.forget('bitnet-it-foreign/kept:1')
true
