import io.github.bitnetmaven.it.Docker

// Two images of which the second will get the name of the first, and another model.
def context = new File(basedir, 'base')
context.mkdir()
['one', 'two'].each {
    new File(context, 'file').text = it
    new File(context, 'Dockerfile').text = 'FROM scratch\nCOPY file /base\n'
    Docker.run('build', '--quiet', '--tag', "bitnet-it/unchanged-base:$it".toString(), context.path)
}
Docker.run('tag', 'bitnet-it/unchanged-base:one', 'bitnet-it/unchanged-base:now')
new File(basedir, 'other.gguf').bytes = new File(modelFile).bytes
true
