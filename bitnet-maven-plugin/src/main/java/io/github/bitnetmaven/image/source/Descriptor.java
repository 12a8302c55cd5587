package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.image.ImageException;

/**
 * What a manifest or an index says of a blob (OCI image specification, descriptor.md).
 *
 * @param digest {@code sha256:…}
 * @param bytes how long the blob is
 * @param json all of it
 */
record Descriptor(String digest, long bytes, JsonNode json) {
    /**
     * @param what whose descriptor it is, for messages, such as {@code manifest sha256:…}
     */
    static Descriptor of(JsonNode json, String what) throws ImageException {
        String digest = Json.digest(json.path("digest"), what);
        return new Descriptor(digest, json.path("size").asLong(-1), json);
    }

    /** A layer that is distributed by a URL of its own ("foreign", "non-distributable"). */
    boolean isForeign() {
        return !json.path("urls").isEmpty();
    }

    /** What BuildKit says about an image, beside it: provenance, bill of materials. */
    boolean isAttestation() {
        return json.path("platform").path("architecture").asText("").equals("unknown")
                || json.path("annotations").has("vnd.docker.reference.type");
    }

    boolean hasPlatform() {
        return json.path("platform").has("architecture");
    }

    /** As in {@code linux/arm64/v8}. */
    String platform() {
        JsonNode platform = json.path("platform");
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("") + "/" + platform.path("architecture").asText("")
                + (variant.isEmpty() ? "" : "/" + variant);
    }

    void requireSize(long actual) throws ImageException {
        if (bytes != actual) {
            throw new ImageException("The blob " + digest + " has " + actual + " bytes, but its descriptor says "
                    + json.path("size").asText("nothing") + ". Save or pull the image again.");
        }
    }
}
