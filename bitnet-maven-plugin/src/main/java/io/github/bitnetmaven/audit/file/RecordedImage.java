package io.github.bitnetmaven.audit.file;

import org.jspecify.annotations.Nullable;

/**
 * Which image was audited. All but the name is null when the audit could not be done.
 *
 * @param name as the user called it: not safe to print
 * @param id {@code sha256:…} of the configuration
 * @param source kind of source, such as {@code engine}
 * @param platform such as {@code linux/amd64}
 */
public record RecordedImage(
        String name, @Nullable String id, @Nullable String source, @Nullable String platform) {

    /** The name without tag and digest, which stays the same from build to build; not safe to print. */
    public String repository() {
        int at = name.indexOf('@');
        String named = at > 0 ? name.substring(0, at) : name;
        int colon = named.lastIndexOf(':');
        return colon > 0 && named.indexOf('/', colon) < 0 ? named.substring(0, colon) : named;
    }
}
