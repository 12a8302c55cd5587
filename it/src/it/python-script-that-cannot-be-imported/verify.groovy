import io.github.bitnetmaven.it.BuildLog
import io.github.bitnetmaven.it.Docker

BuildLog.of(basedir.toPath()).says(
    'install: error: The server script serve.py cannot be imported: ModuleNotFoundError: No module named'
        + " 'flask_that_nobody_installed' (serve.py, line 3). Add its package to <image><serverRequirements>.")
assert !Docker.hasImage('bitnet-it/python-script-that-cannot-be-imported:1.0')
true
