import io.github.bitnetmaven.it.Docker

assert !Docker.hasImage(new File(basedir, 'old-id').text)
true
