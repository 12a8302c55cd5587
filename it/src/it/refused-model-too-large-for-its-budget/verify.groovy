import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath())
        .says('2 of 3 budgets exceeded for bitnet-it/refused-model-too-large-for-its-budget:1.0, so nothing was built:',
                '- The model random.gguf alone has 2.77 MB, which is 1.77 MB more than its budget image of 1 MB.',
                '- The model random.gguf alone has 2.77 MB, which is 767 kB more than its budget layer of 2 MB.')
        .neverSays('Source:', 'Building image')
assert !new File(basedir, 'target/bitnet/context').exists()
true
