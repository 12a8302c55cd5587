import io.github.bitnetmaven.it.BuildLog

// Told before anything is compiled, not by a path that is missing later.
BuildLog.of(basedir.toPath())
    .says("This tree's llama-server does not register its paths in a way that is known, so /generate, /docs and" +
        ' /openapi.json cannot be added to it. Use another revision. To do without these paths, add' +
        ' -DBITNET_INTERFACE=OFF to <backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments).')
    .neverSays('Compiling llama-server')
true
