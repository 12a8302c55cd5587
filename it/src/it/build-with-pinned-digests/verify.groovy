import io.github.bitnetmaven.it.Docker

context.get('registry').withCloseable {
    def digest = { name -> Docker.run('image', 'inspect', '--format', '{{index .RepoDigests 0}}', name).split('@')[1] }
    def base = digest('localhost:15438/acme/base:1.0')
    def text = new File(basedir, 'target/bitnet/context/Dockerfile').text
    def builder = (text =~ /(?m)^FROM localhost:15438\/acme\/builder:1.0@(sha256:[0-9a-f]{64}) AS backend$/)
    assert builder.find()
    assert Docker.run('image', 'inspect', "localhost:15438/acme/builder@${builder.group(1)}".toString()) != ''
    assert text.contains('org.opencontainers.image.base.name="localhost:15438/acme/base:1.0"')
    assert text.contains("org.opencontainers.image.base.digest=\"$base\"")
    ['base', 'builder'].each { Docker.forget("localhost:15438/acme/$it:1.0".toString()) }
}
true
