package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The manifest of one image: its configuration and its layers (OCI image specification, manifest.md; Docker's image
 * manifest, schema 2).
 *
 * @param name for messages, such as {@code manifest sha256:…}
 * @param layers one for each diff id, lowest first
 */
record ImageManifest(String name, ConfigurationBlob configuration, List<Descriptor> layers) {
    static ImageManifest of(JsonNode manifest, String name, Blobs blobs) throws ImageException {
        ConfigurationBlob configuration = configuration(manifest, name, blobs);
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layers.add(Descriptor.of(layer, name));
        }
        if (layers.size() != configuration.diffIds().size()) {
            throw new ImageException("The " + name + " names " + layers.size()
                    + " layers, but the image's configuration has " + configuration.diffIds().size()
                    + ". Save or pull the image again.");
        }
        return new ImageManifest(name, configuration, List.copyOf(layers));
    }

    static ConfigurationBlob configuration(JsonNode manifest, String name, Blobs blobs) throws ImageException {
        byte[] json = blobs.configuration(Descriptor.of(manifest.path("config"), name));
        return ConfigurationBlob.parse(json, "configuration that the " + name + " names");
    }

    /** Whether a manifest is an image's, not that of something that refers to one. */
    static boolean isImage(JsonNode manifest) {
        return manifest.has("layers") && !manifest.has("subject") && !manifest.has("artifactType");
    }

    /** Reads the layers; one that the image has twice is read once. */
    ImageAssembly read(Blobs place) throws ImageException {
        Map<String, Descriptor> byDigest = new LinkedHashMap<>();
        layers.forEach(layer -> byDigest.putIfAbsent(layer.digest(), layer));
        List<Descriptor> distinct = List.copyOf(byDigest.values());
        List<LayerBlob> blobs = place.layers(distinct);
        Map<String, LayerBlob> read = new HashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            read.put(distinct.get(i).digest(), blobs.get(i));
        }
        List<LayerBlob> all = new ArrayList<>();
        for (Descriptor layer : layers) {
            LayerBlob blob = Objects.requireNonNull(read.get(layer.digest()));
            layer.requireSize(blob.bytes());
            all.add(blob);
        }
        return new ImageAssembly(configuration, all, true);
    }
}
