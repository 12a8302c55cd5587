package io.github.bitnetmaven.deployment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A Deployment with its Service, and a PersistentVolumeClaim where the model is not in the image. It keeps the
 * restricted level of the pod security standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
final class KubernetesManifest implements Descriptor {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LABEL = "app.kubernetes.io/name";

    @Override
    public String id() {
        return "kubernetes";
    }

    @Override
    public String fileName() {
        return "kubernetes.yaml";
    }

    @Override
    public List<String> comment(Deployment deployment) {
        List<String> lines = new ArrayList<>();
        if (deployment.mountsModel()) {
            lines.add("Put " + deployment.modelFileName() + " into the volume of the claim " + claim(deployment) + ".");
        }
        if (deployment.downloadsModel()) {
            lines.add("The model is downloaded at the first start, into the volume of the claim " + claim(deployment) + ".");
            lines.add("If it needs a token: kubectl create secret generic " + deployment.name() + " --from-literal=token=TOKEN");
        }
        lines.add("kubectl apply --filename kubernetes.yaml");
        return lines;
    }

    @Override
    public List<ObjectNode> documents(Deployment deployment) {
        List<ObjectNode> documents = new ArrayList<>();
        if (hasVolume(deployment)) {
            documents.add(volumeClaim(deployment));
        }
        documents.add(workload(deployment));
        documents.add(service(deployment));
        return documents;
    }

    private static boolean hasVolume(Deployment deployment) {
        return deployment.mountsModel() || deployment.downloadsModel();
    }

    private static String claim(Deployment deployment) {
        return deployment.name() + "-models";
    }

    private static ObjectNode resource(String apiVersion, String kind, String name, Deployment deployment) {
        ObjectNode resource = NODES.objectNode();
        resource.put("apiVersion", apiVersion);
        resource.put("kind", kind);
        ObjectNode metadata = resource.putObject("metadata");
        metadata.put("name", name);
        metadata.putObject("labels").put(LABEL, deployment.name());
        return resource;
    }

    private static ObjectNode volumeClaim(Deployment deployment) {
        ObjectNode claim = resource("v1", "PersistentVolumeClaim", claim(deployment), deployment);
        ObjectNode spec = claim.putObject("spec");
        spec.putArray("accessModes").add("ReadWriteOnce");
        // Room for a download beside the model that it replaces.
        long gibibytes = Math.max(1, (2 * Math.max(deployment.modelBytes(), 2L << 30) >> 30) + 1);
        spec.putObject("resources").putObject("requests").put("storage", gibibytes + "Gi");
        return claim;
    }

    private static ObjectNode workload(Deployment deployment) {
        ObjectNode workload = resource("apps/v1", "Deployment", deployment.name(), deployment);
        ObjectNode spec = workload.putObject("spec");
        spec.put("replicas", 1);
        spec.putObject("selector").putObject("matchLabels").put(LABEL, deployment.name());
        if (deployment.downloadsModel()) {
            // Two pods cannot have a volume that is mounted for one node.
            spec.putObject("strategy").put("type", "Recreate");
        }
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put(LABEL, deployment.name());
        ObjectNode pod = template.putObject("spec");
        pod.put("automountServiceAccountToken", false);
        pod.put("enableServiceLinks", false);
        ObjectNode security = pod.putObject("securityContext");
        security.put("runAsNonRoot", true);
        security.put("runAsUser", Deployment.USER);
        security.put("runAsGroup", Deployment.USER);
        security.put("fsGroup", Deployment.USER);
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        pod.putArray("containers").add(container(deployment));
        ArrayNode volumes = NODES.arrayNode();
        if (hasVolume(deployment)) {
            ObjectNode volume = volumes.addObject().put("name", "models");
            ObjectNode source = volume.putObject("persistentVolumeClaim").put("claimName", claim(deployment));
            if (deployment.mountsModel()) {
                source.put("readOnly", true);
            }
        }
        if (deployment.needsTemporaryFiles()) {
            volumes.addObject().put("name", "tmp").putObject("emptyDir");
        }
        if (!volumes.isEmpty()) {
            pod.set("volumes", volumes);
        }
        return workload;
    }

    private static ObjectNode container(Deployment deployment) {
        ObjectNode container = NODES.objectNode();
        container.put("name", deployment.name());
        container.put("image", deployment.image().name());
        container.putArray("ports").addObject().put("name", "http").put("containerPort", deployment.image().port());
        if (deployment.downloadsModel()) {
            ObjectNode token = container.putArray("env").addObject().put("name", "HF_TOKEN");
            token.putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", deployment.name())
                    .put("key", "token")
                    .put("optional", true);
        }
        ObjectNode security = container.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false);
        security.put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        int period = Math.max(1, Math.min(5, deployment.startSeconds() / 10));
        probe(container, "startupProbe", period).put("failureThreshold", deployment.startSeconds() / period);
        probe(container, "readinessProbe", 10);
        probe(container, "livenessProbe", 10);
        ObjectNode resources = container.putObject("resources");
        String memory = deployment.memoryMebibytes() + "Mi";
        resources.putObject("requests").put("cpu", deployment.placement() == null ? "50m" : "1").put("memory", memory);
        resources.putObject("limits").put("memory", memory);
        ArrayNode mounts = NODES.arrayNode();
        if (hasVolume(deployment)) {
            ObjectNode mount = mounts.addObject().put("name", "models").put("mountPath", Deployment.MODELS);
            if (deployment.mountsModel()) {
                mount.put("readOnly", true);
            }
        }
        if (deployment.needsTemporaryFiles()) {
            mounts.addObject().put("name", "tmp").put("mountPath", "/tmp");
        }
        if (!mounts.isEmpty()) {
            container.set("volumeMounts", mounts);
        }
        return container;
    }

    private static ObjectNode probe(ObjectNode container, String kind, int periodSeconds) {
        ObjectNode probe = container.putObject(kind);
        probe.putObject("httpGet").put("path", "/health").put("port", "http");
        probe.put("periodSeconds", periodSeconds);
        probe.put("timeoutSeconds", 5);
        return probe;
    }

    private static ObjectNode service(Deployment deployment) {
        ObjectNode service = resource("v1", "Service", deployment.name(), deployment);
        ObjectNode spec = service.putObject("spec");
        spec.putObject("selector").put(LABEL, deployment.name());
        spec.putArray("ports")
                .addObject()
                .put("name", "http")
                .put("port", deployment.image().port())
                .put("targetPort", "http");
        return service;
    }
}
