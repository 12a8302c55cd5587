import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    'bitnet:build', 'bitnet:check', 'bitnet:compile', 'bitnet:dockerfile', 'bitnet:render', 'bitnet:smoke',
    'User property: bitnet.archive', 'User property: bitnet.reportDirectory')
true
