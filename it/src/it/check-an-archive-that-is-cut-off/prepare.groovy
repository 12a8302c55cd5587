import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/check-an-archive-that-is-cut-off:1.0', basedir.toPath())
def archive = new File(basedir, 'image.tar')
Docker.run('save', '--output', archive.path, 'bitnet-it/check-an-archive-that-is-cut-off:1.0')
new RandomAccessFile(archive, 'rw').withCloseable { it.length = 1_500_000 }
true
