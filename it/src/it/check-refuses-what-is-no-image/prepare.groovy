import groovy.json.JsonOutput
import java.security.MessageDigest

new File(basedir, 'empty.tar').bytes = new byte[0]
new File(basedir, 'text.tar').text = 'This is no archive. ' * 100
new File(basedir, 'directory').mkdirs()
assert ['tar', '-cf', 'files.tar', 'pom.xml'].execute(null, basedir).waitFor() == 0

// An OCI layout of one image for two platforms, and an attestation.
def blobs = new File(basedir, 'index/blobs/sha256')
blobs.mkdirs()
def descriptor = { String type, byte[] content ->
    def digest = MessageDigest.getInstance('SHA-256').digest(content).encodeHex().toString()
    new File(blobs, digest).bytes = content
    [mediaType: "application/vnd.oci.image.$type", digest: "sha256:$digest", size: content.length]
}
def json = { JsonOutput.toJson(it).getBytes('UTF-8') }
def manifest = { String architecture ->
    def config = descriptor('config.v1+json', json([os: 'linux', architecture: architecture, rootfs: [type: 'layers', diff_ids: []]]))
    descriptor('manifest.v1+json', json([schemaVersion: 2, config: config, layers: [], for: architecture])) +
        [platform: [os: architecture == 'unknown' ? 'unknown' : 'linux', architecture: architecture]]
}
new File(basedir, 'index/oci-layout').text = '{"imageLayoutVersion":"1.0.0"}'
new File(basedir, 'index/index.json').bytes = json([schemaVersion: 2, manifests: ['arm64', 's390x', 'unknown'].collect(manifest)])
true
