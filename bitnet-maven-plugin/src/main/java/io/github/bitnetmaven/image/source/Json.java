package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.util.regex.Pattern;

/** JSON of an image's metadata. */
final class Json {
    /** No metadata of an image is longer; engines refuse manifests and configurations of more than 4 MiB. */
    static final int MAXIMUM_BYTES = 8 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private Json() {}

    static JsonNode parse(byte[] json, String what) throws ImageException {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (IOException e) {
            throw new ImageException("The " + what + " is not JSON: " + firstLine(e) + ".", e);
        }
        throw new ImageException("The " + what + " is empty.");
    }

    /** The text of a node that must be {@code sha256:…}. */
    static String digest(JsonNode node, String what) throws ImageException {
        String text = node.asText("");
        if (!DIGEST.matcher(text).matches()) {
            throw new ImageException("The " + what + " holds '" + abbreviate(text)
                    + "' where a SHA-256 digest is expected.");
        }
        return text;
    }

    static String abbreviate(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
