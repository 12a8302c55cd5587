import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/report-in-the-site:1.0', basedir.toPath())
Docker.run('save', '--output', new File(basedir, 'image.tar').path, 'bitnet-it/report-in-the-site:1.0')
true
