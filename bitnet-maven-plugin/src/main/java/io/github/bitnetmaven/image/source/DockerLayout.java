package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docker save} writes: {@code manifest.json} with the paths of configuration and layers, legacy
 * ({@code <id>/layer.tar}) or new ({@code blobs/sha256/…}). Docker image specification v1.2.
 */
final class DockerLayout {
    private static final Pattern LEGACY_CONFIGURATION = Pattern.compile("([0-9a-f]{64})\\.json");

    private final Members members;

    DockerLayout(Members members) {
        this.members = members;
    }

    ImageAssembly read() throws ImageException {
        JsonNode manifest = onlyImage(Json.parse(members.json(Members.MANIFEST), "file 'manifest.json'"));
        String path = manifest.path("Config").asText("");
        byte[] json = members.json(path);
        ConfigurationBlob configuration = ConfigurationBlob.parse(json, "file '" + Json.abbreviate(path) + "'");
        verifyName(path, configuration.id());
        List<String> layers = new ArrayList<>();
        manifest.path("Layers").forEach(layer -> layers.add(layer.asText("")));
        if (layers.size() != configuration.diffIds().size()) {
            throw new ImageException("The archive's manifest.json names " + layers.size()
                    + " layers, but the image's configuration has " + configuration.diffIds().size()
                    + ". Some versions of Docker write such archives (moby issue 47065): save the image again with "
                    + "another version, or audit it from the engine.");
        }
        Map<String, LayerBlob> read = new HashMap<>();
        List<LayerBlob> blobs = new ArrayList<>();
        for (String layer : layers) {
            LayerBlob blob = read.get(layer);
            if (blob == null) {
                blob = members.layer(layer);
                read.put(layer, blob);
            }
            blobs.add(blob);
        }
        return new ImageAssembly(configuration, blobs, false);
    }

    private static JsonNode onlyImage(JsonNode manifest) throws ImageException {
        Map<String, JsonNode> byConfiguration = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (JsonNode image : manifest) {
            if (byConfiguration.putIfAbsent(image.path("Config").asText(""), image) == null) {
                JsonNode tags = image.path("RepoTags");
                names.add(tags.isEmpty() ? image.path("Config").asText("") : tags.path(0).asText(""));
            }
        }
        if (byConfiguration.isEmpty()) {
            throw new ImageException("The archive's manifest.json names no image. Save the image again.");
        }
        if (byConfiguration.size() > 1) {
            throw new ImageException("The archive holds " + byConfiguration.size() + " images: "
                    + Json.abbreviate(String.join(", ", names)) + ". Save the one to be audited alone.");
        }
        return byConfiguration.values().iterator().next();
    }

    private static void verifyName(String path, String id) throws ImageException {
        Matcher legacy = LEGACY_CONFIGURATION.matcher(path);
        if (legacy.matches() && !id.equals("sha256:" + legacy.group(1))) {
            throw new ImageException("The image's configuration '" + path + "' was altered: its digest is " + id
                    + ". Save the image again.");
        }
    }
}
