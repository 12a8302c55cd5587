package io.github.bitnetmaven.image.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A login.
 *
 * @param user may be empty for an identity token
 * @param secret password, or what an identity token is exchanged for
 * @param isIdentityToken whether the secret is an OAuth 2 refresh token, which is never sent to the registry itself
 * @param origin where it was found, for messages, such as {@code the server 'x' in Maven's settings.xml}
 */
public record Credential(String user, String secret, boolean isIdentityToken, String origin) {
    /** A user with a password. */
    public static Credential ofPassword(String user, String password, String origin) {
        return new Credential(user, password, false, origin);
    }

    /** As the scheme Basic has it (RFC 7617). */
    String basic() {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without what must stay secret. */
    @Override
    public String toString() {
        return "Credential[" + origin + "]";
    }
}
