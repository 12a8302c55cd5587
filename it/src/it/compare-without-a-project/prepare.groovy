import io.github.bitnetmaven.it.Docker
import io.github.bitnetmaven.it.FixedImage

FixedImage.build('bitnet-it/compare-without-a-project:old', basedir.toPath(), 'COPY library /usr/share/extra')
FixedImage.build('bitnet-it/compare-without-a-project:new', basedir.toPath())
// The layers that both have.
FixedImage.build('bitnet-it/compare-without-a-project:base', basedir.toPath())
Docker.run('save', '--output', new File(basedir, 'new.tar').path, 'bitnet-it/compare-without-a-project:new')
true
