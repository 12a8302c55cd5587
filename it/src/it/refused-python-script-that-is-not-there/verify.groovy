import io.github.bitnetmaven.it.BuildLog

def script = new File(basedir, 'src/no-such.py')
BuildLog.of(basedir.toPath())
    .says("<image><server> (-Dbitnet.server) is 'src/no-such.py', but there is no file $script.")
    .neverSays('Building image')
true
