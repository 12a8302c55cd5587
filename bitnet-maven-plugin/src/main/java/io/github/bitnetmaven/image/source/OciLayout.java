package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An OCI image layout (OCI image specification, image-layout.md): {@code index.json}, which leads through manifests, or
 * further indexes, to configuration and layers.
 */
final class OciLayout {
    private static final int MAXIMUM_DEPTH = 8;
    private static final int MAXIMUM_DESCRIPTORS = 10_000;

    private final Members members;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private int descriptors;

    /** An image of the layout; the platform as the index or else the configuration tells it. */
    private record Candidate(String digest, JsonNode manifest, String platform, String name) {
        String display() {
            return (name.isEmpty() ? digest : name) + " (" + platform + ")";
        }
    }

    OciLayout(Members members) {
        this.members = members;
    }

    ImageAssembly read(ReadOptions options) throws ImageException {
        collect(Json.parse(members.json(Members.INDEX), "file 'index.json'"), "", 0);
        Candidate chosen = choose(options);
        String what = "manifest " + chosen.digest;
        ConfigurationBlob configuration = configuration(chosen.manifest, what);
        JsonNode layers = chosen.manifest.path("layers");
        if (layers.size() != configuration.diffIds().size()) {
            throw new ImageException("The " + what + " names " + layers.size()
                    + " layers, but the image's configuration has " + configuration.diffIds().size()
                    + ". Save or pull the image again.");
        }
        Map<String, LayerBlob> read = new HashMap<>();
        List<LayerBlob> blobs = new ArrayList<>();
        for (JsonNode layer : layers) {
            String digest = Json.digest(layer.path("digest"), what);
            LayerBlob blob = read.get(digest);
            if (blob == null) {
                blob = layer(layer, digest);
                read.put(digest, blob);
            }
            blobs.add(blob);
        }
        return new ImageAssembly(configuration, blobs, true);
    }

    private LayerBlob layer(JsonNode descriptor, String digest) throws ImageException {
        String path = Members.blob(digest);
        if (!members.has(path) && !descriptor.path("urls").isEmpty()) {
            throw new ImageException("The layer " + digest + " is not in the layout: it is to be fetched from a URL "
                    + "(a foreign layer). Pull the image with its foreign layers.");
        }
        LayerBlob blob = members.layer(path);
        requireSize(descriptor, blob.bytes(), digest);
        return blob;
    }

    private ConfigurationBlob configuration(JsonNode manifest, String what) throws ImageException {
        return ConfigurationBlob.parse(
                blob(manifest.path("config"), what), "configuration that the " + what + " names");
    }

    private byte[] blob(JsonNode descriptor, String what) throws ImageException {
        String digest = Json.digest(descriptor.path("digest"), what);
        byte[] content = members.json(Members.blob(digest));
        requireSize(descriptor, content.length, digest);
        return content;
    }

    private static void requireSize(JsonNode descriptor, long bytes, String digest) throws ImageException {
        if (descriptor.path("size").asLong(-1) != bytes) {
            throw new ImageException("The blob " + digest + " has " + bytes + " bytes, but its descriptor says "
                    + descriptor.path("size").asText("nothing") + ". Save or pull the image again.");
        }
    }

    /** Finds the images below an index. */
    private void collect(JsonNode index, String name, int depth) throws ImageException {
        if (depth > MAXIMUM_DEPTH) {
            throw new ImageException("The layout's indexes are nested more than " + MAXIMUM_DEPTH + " deep.");
        }
        for (JsonNode descriptor : index.path("manifests")) {
            if (++descriptors > MAXIMUM_DESCRIPTORS) {
                throw new ImageException("The layout's indexes name more than " + MAXIMUM_DESCRIPTORS + " manifests.");
            }
            if (isAttestation(descriptor)) {
                continue;
            }
            String ownName = descriptor.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText(name);
            String digest = Json.digest(descriptor.path("digest"), "index");
            boolean ofPlatform = descriptor.path("platform").has("architecture");
            if (ofPlatform && !members.has(Members.blob(digest))) {
                // A layout of one platform may keep the index of all of them.
                continue;
            }
            JsonNode manifest = Json.parse(blob(descriptor, "index"), "manifest " + digest);
            if (manifest.has("manifests")) {
                collect(manifest, ownName, depth + 1);
            } else if (manifest.has("layers") && !manifest.has("subject") && !manifest.has("artifactType")) {
                String platform = ofPlatform
                        ? platform(descriptor.path("platform"))
                        : configuration(manifest, "manifest " + digest).configuration().platform();
                candidates.putIfAbsent(digest, new Candidate(digest, manifest, platform, ownName));
            }
        }
    }

    private static boolean isAttestation(JsonNode descriptor) {
        return descriptor.path("platform").path("architecture").asText("").equals("unknown")
                || descriptor.path("annotations").has("vnd.docker.reference.type");
    }

    private static String platform(JsonNode platform) {
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("") + "/" + platform.path("architecture").asText("")
                + (variant.isEmpty() ? "" : "/" + variant);
    }

    private Candidate choose(ReadOptions options) throws ImageException {
        List<Candidate> all = new ArrayList<>(candidates.values());
        if (all.isEmpty()) {
            throw new ImageException("The layout's index.json names no image that is in it. Save the image again.");
        }
        if (options.platform() == null && all.size() == 1) {
            return all.get(0);
        }
        String wanted = options.platform() == null ? Platforms.ofThisMachine() : options.platform();
        List<Candidate> fitting =
                all.stream().filter(c -> Platforms.match(wanted, c.platform)).toList();
        if (fitting.isEmpty()) {
            List<String> offered = all.stream().map(c -> c.platform).distinct().sorted().toList();
            throw new ImageException("No image of the layout is for " + wanted + "; there are " + String.join(", ", offered)
                    + ". Choose one with bitnet.platform.");
        }
        if (fitting.size() > 1) {
            List<String> names = fitting.stream().map(Candidate::display).toList();
            throw new ImageException("The layout holds " + fitting.size() + " images for " + wanted + ": "
                    + Json.abbreviate(String.join(", ", names)) + ". Save the one to be audited alone.");
        }
        return fitting.get(0);
    }
}
