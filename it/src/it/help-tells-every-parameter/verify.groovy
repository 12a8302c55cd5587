import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('bitnet:check')
println new JsonSlurper().parseText('{"a":1}').a
true
