package io.github.bitnetmaven.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A file for {@code docker compose} (https://github.com/compose-spec/compose-spec). */
final class ComposeFile implements Descriptor {
    @Override
    public String id() {
        return "compose";
    }

    @Override
    public String fileName() {
        return "compose.yaml";
    }

    @Override
    public List<String> comment(Deployment deployment) {
        List<String> lines = new ArrayList<>();
        if (deployment.mountsModel()) {
            lines.add("Put " + deployment.modelFileName() + " into ./models, or set BITNET_MODELS to the directory that"
                    + " has it.");
        }
        if (deployment.downloadsModel()) {
            lines.add("The model is downloaded at the first start, into a volume. HF_TOKEN and proxies are taken from"
                    + " the environment.");
        }
        lines.add("docker compose --file compose.yaml up");
        return lines;
    }

    @Override
    public List<ObjectNode> documents(Deployment deployment) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode service = root.putObject("services").putObject(deployment.name());
        service.put("image", deployment.image().name());
        ObjectNode port = service.putArray("ports").addObject();
        port.put("target", deployment.image().port());
        port.put("published", deployment.image().port());
        service.put("user", Deployment.USER + ":" + Deployment.USER);
        service.put("read_only", true);
        service.putArray("cap_drop").add("ALL");
        service.putArray("security_opt").add("no-new-privileges:true");
        service.put("pids_limit", 256);
        service.put("restart", "unless-stopped");
        if (deployment.needsTemporaryFiles()) {
            service.putArray("tmpfs").add("/tmp");
        }
        if (deployment.downloadsModel()) {
            // Without a value it is taken from the environment of docker compose, and left out where there is none.
            Deployment.DOWNLOAD_ENVIRONMENT.forEach(service.putArray("environment")::add);
        }
        if (deployment.mountsModel() || deployment.downloadsModel()) {
            models(deployment, service, root);
        }
        ObjectNode limits = service.putObject("deploy").putObject("resources").putObject("limits");
        limits.put("memory", deployment.memoryMebibytes() + "M");
        return List.of(root);
    }

    private static void models(Deployment deployment, ObjectNode service, ObjectNode root) {
        ObjectNode mount = service.putArray("volumes").addObject();
        if (deployment.mountsModel()) {
            mount.put("type", "bind");
            mount.put("source", "${BITNET_MODELS:-./models}");
            mount.put("target", Deployment.MODELS);
            mount.put("read_only", true);
        } else {
            mount.put("type", "volume");
            mount.put("source", "models");
            mount.put("target", Deployment.MODELS);
            root.putObject("volumes").putObject("models");
        }
    }
}
