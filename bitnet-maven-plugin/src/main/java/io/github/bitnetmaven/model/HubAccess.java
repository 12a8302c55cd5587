package io.github.bitnetmaven.model;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;

/**
 * The Hugging Face hub, or the mirror that {@code HF_ENDPOINT} names, and the token for it. The token goes to the hub
 * only, never to a host that the hub redirects to.
 */
final class HubAccess {
    /** The hub itself. */
    static final String HUB = "https://huggingface.co";

    private final String address;
    private final String token;

    private HubAccess(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** @param environment of the process: {@code HF_TOKEN} and {@code HF_ENDPOINT} are read */
    static HubAccess of(Map<String, String> environment) throws ModelException {
        String address = environment.getOrDefault("HF_ENDPOINT", "").strip();
        address = address.isEmpty() ? HUB : address.replaceFirst("/+$", "");
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new IllegalArgumentException(address);
            }
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    "The environment variable HF_ENDPOINT is not an address such as " + HUB + ". Mend or unset it.", e);
        }
        return new HubAccess(address, environment.getOrDefault("HF_TOKEN", "").strip());
    }

    /** Without a slash at the end. */
    String address() {
        return address;
    }

    /** Adds the token if there is one and the request goes to the hub itself. */
    void authorize(HttpRequest.Builder request, URI target) throws ModelException {
        if (token.isEmpty() || !origin(target).equals(origin(URI.create(address)))) {
            return;
        }
        try {
            request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // The exception names the value: it must not be the cause.
            throw new ModelException("The environment variable HF_TOKEN holds characters that no token has.");
        }
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
