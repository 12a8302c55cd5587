import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog

def image = 'bitnet-it/check-fails-on-findings:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.list('/findings')*.rule == ['BN009', 'BN013', 'BN014']
def hidden = audit.list('/findings')[0]
assert hidden.path == 'usr/lib'
assert hidden.layer == 1
assert hidden.bytes == 100_000
assert hidden.bytes == audit.number('/sizes/wastedBytes')
BuildLog.of(basedir.toPath())
    .says("1 of 3 budgets exceeded for $image:", "2 of 4 budgets exceeded for $image:")
    .matches(/- The image \Q${image}\E has one finding BN009 \(bytes hidden, overwritten or removed by a later layer\) with 100 kB, at \/usr\/lib\. Make, change and remove these files in one RUN: what layer 3 \(COPY .*\) replaces or removes, the layer below keeps\./)
    .says("- The image $image has one finding BN013 (runs as root). Add USER 65532:65532, or another user than root, before the entry point.")
true
