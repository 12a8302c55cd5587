import io.github.bitnetmaven.it.BuildLog

context.get('engine').stop(0)
def other = System.getProperty('os.arch') == 'aarch64' ? 'amd64' : 'arm64'
def own = other == 'arm64' ? 'amd64' : 'arm64'
BuildLog.of(basedir.toPath())
    .says("<image><platforms> (-Dbitnet.platforms) names linux/$own, but this version builds for the engine's own platform"
            + " only, which is linux/$other. Leave <platforms> out, or build on an engine of that platform.",
        "<backend><compileIn> (-Dbitnet.backend.compileIn) is host, but this machine is $own and the engine's platform is"
            + " linux/$other. Compile in a container.",
        "<image><platforms> (-Dbitnet.platforms) names windows/amd64, but this version builds for the engine's own platform"
            + " only, which is linux/$other. Leave <platforms> out, or build on an engine of that platform.")
    .neverSays('Source:', 'Building image')
assert !new File(basedir, 'target/bitnet/context').exists()
true
