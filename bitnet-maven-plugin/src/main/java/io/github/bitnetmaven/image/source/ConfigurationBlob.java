package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ImageConfiguration;
import io.github.bitnetmaven.image.ImageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image's configuration blob (OCI image specification, config.md), which names its layers.
 *
 * @param id {@code sha256:…} of the blob
 * @param diffIds lowest layer first
 * @param createdBy for each layer, as the history has it; empty where it cannot be aligned
 */
record ConfigurationBlob(
        String id, ImageConfiguration configuration, List<String> diffIds, List<String> createdBy, byte[] json) {

    static ConfigurationBlob parse(byte[] json, String what) throws ImageException {
        JsonNode root = Json.parse(json, what);
        List<String> diffIds = new ArrayList<>();
        for (JsonNode diffId : root.path("rootfs").path("diff_ids")) {
            diffIds.add(Json.digest(diffId, what));
        }
        if (!root.path("rootfs").isObject()) {
            throw new ImageException("The " + what + " is no image configuration: it has no 'rootfs'.");
        }
        List<String> createdBy = new ArrayList<>();
        for (JsonNode entry : root.path("history")) {
            if (!entry.path("empty_layer").asBoolean(false)) {
                createdBy.add(entry.path("created_by").asText(""));
            }
        }
        boolean aligned = createdBy.size() == diffIds.size();
        if (!aligned) {
            createdBy = Collections.nCopies(diffIds.size(), "");
        }
        JsonNode config = root.path("config");
        ImageConfiguration configuration = new ImageConfiguration(
                root.path("os").asText(""),
                root.path("architecture").asText(""),
                root.path("variant").isTextual() ? root.path("variant").asText() : null,
                config.path("User").asText(""),
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                texts(config.path("Env")),
                healthCheck(config.path("Healthcheck").path("Test")),
                labels(config.path("Labels")),
                aligned);
        return new ConfigurationBlob(
                Sha256.of(json), configuration, List.copyOf(diffIds), List.copyOf(createdBy), json);
    }

    private static List<String> healthCheck(JsonNode test) {
        List<String> words = texts(test);
        return words.equals(List.of("NONE")) ? List.of() : words;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array) {
            texts.add(item.asText(""));
        }
        return List.copyOf(texts);
    }

    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new TreeMap<>();
        object.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
        return Collections.unmodifiableMap(labels);
    }
}
