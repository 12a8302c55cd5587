import groovy.json.JsonSlurper
import io.github.bitnetmaven.it.Deployments
import java.nio.file.Files

def work = basedir.toPath()
def deploy = work.resolve('target/bitnet/deploy')

Deployments.requireValidKubernetes(deploy.resolve('kubernetes.yaml'))

def models = Files.createDirectories(deploy.resolve('models'))
Files.copy(new File(modelFile).toPath(), models.resolve(new File(modelFile).name))
Deployments.composed(deploy.resolve('compose.yaml')).withCloseable { running ->
    assert new JsonSlurper().parseText(running.awaitHealthy('http://127.0.0.1:18437/health')).status == 'ok'
    def service = running.inspect()
    assert service.HostConfig.ReadonlyRootfs
    assert service.HostConfig.CapDrop == ['ALL']
    assert service.HostConfig.SecurityOpt == ['no-new-privileges:true']
    assert service.HostConfig.Memory == 640L << 20
    assert service.HostConfig.PidsLimit == 256
    assert service.Config.User == '65532:65532'
    assert service.Mounts.collect { [it.Destination, it.RW] } == [['/app/models', false]]
}
true
