import io.github.bitnetmaven.it.Audit
import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

def image = 'bitnet-it/check-tells-every-budget-that-is-exceeded:1.0'
def audit = Audit.of(basedir.toPath())
assert audit.text('/outcome') == 'fail'
assert audit.number('/sizes/unpackedBytes') == 2_450_000
assert audit.number('/sizes/unpackedBytes') == Docker.historyBytes(image)
assert audit.number('/sizes/visibleBytes') == 2_350_000
assert audit.number('/sizes/wastedBytes') == 100_000
assert audit.number('/sizes/modelBytes') == 2_000_000
assert audit.number('/sizes/withoutModelBytes') == 450_000
assert audit.number('/sizes/layerCount') == 4
assert audit.number('/sizes/fileCount') == 3
assert audit.budget('image').actualBytes == 2_450_000
assert audit.budget('withoutModel').actualBytes == 450_000
assert audit.budget('layer').actualBytes == 2_000_000
assert audit.budget('layers').actualBytes == 100_000
assert audit.budget('paths').actualBytes == 50_000
BuildLog.of(basedir.toPath())
    .says("6 of 8 budgets exceeded for $image:",
        "- The image $image has 2.45 MB, which is 50 kB more than its budget image of 2.4 MB.",
        "- The image $image has 450 kB without its model, which is 1 kB more than its budget withoutModel of 449 kB. The reason given for the budget: it was so last year",
        "- The image $image has 4 layers, which is 1 more than its budget layerCount of 3.",
        "- In $image, the one file that matches /usr/lib/** has 50 kB, which is 1 kB more than its budget paths of 49 kB.")
    .matches(/- In \Q${image}\E, layer 2 \(COPY .* \/app\/models\/model.gguf\) has 2 MB, which is 1 B more than its budget layer of 1999999 B\./)
    .matches(/- In \Q${image}\E, layer 1 \(COPY .* \/usr\/lib\/libexample.so\) has 100 kB, which is 1 kB more than its budget layers of 99 kB\./)
    // Only a warning, and kept to the byte: neither is among the failures.
    .neverSays("- In $image, the one file that matches /app/bin/**", 'more than its budget layers of 300 kB')
assert audit.text('/budgets/4/verdict') == 'pass'
assert audit.text('/budgets/7/verdict') == 'warn'
true
