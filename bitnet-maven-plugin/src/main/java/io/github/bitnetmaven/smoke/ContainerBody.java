package io.github.bitnetmaven.smoke;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is asked of the engine: the image as it would run in a careful production set-up. Root file system read-only, no
 * capability, no new privileges, few processes, a small {@code /tmp} in memory. The user stays the image's own.
 */
final class ContainerBody {
    /** On every container of a smoke test, so that a forgotten one can be found. */
    static final String LABEL = "io.github.bitnetmaven.smoke";

    /** Threads count, too: a server has some, and one for each processor. */
    private static final int PROCESSES = 256;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ContainerBody() {}

    /** @param local whether the engine runs on this machine; then nobody else can reach the port */
    static ObjectNode of(SmokeRequest request, boolean local) {
        String port = request.port() + "/tcp";
        ObjectNode body = JSON.createObjectNode();
        body.put("Image", request.image());
        body.putObject("Labels").put(LABEL, "true");
        body.putObject("ExposedPorts").putObject(port);
        ArrayNode environment = body.putArray("Env");
        request.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .forEach(environment::add);
        ObjectNode host = body.putObject("HostConfig");
        host.put("ReadonlyRootfs", true);
        host.putArray("CapDrop").add("ALL");
        host.putArray("SecurityOpt").add("no-new-privileges");
        host.put("PidsLimit", PROCESSES);
        host.putObject("Tmpfs").put("/tmp", "rw,nosuid,nodev,size=64m");
        // An empty port lets the engine choose a free one.
        host.putObject("PortBindings")
                .putArray(port)
                .addObject()
                .put("HostIp", local ? "127.0.0.1" : "")
                .put("HostPort", "");
        ArrayNode mounts = host.putArray("Mounts");
        for (SmokeRequest.Mount mount : request.mounts()) {
            ObjectNode each = mounts.addObject()
                    .put("Type", mount.isPath() ? "bind" : "volume")
                    .put("Target", mount.target())
                    .put("ReadOnly", mount.readOnly());
            if (!mount.source().isEmpty()) {
                each.put("Source", mount.source());
            }
        }
        return body;
    }
}
