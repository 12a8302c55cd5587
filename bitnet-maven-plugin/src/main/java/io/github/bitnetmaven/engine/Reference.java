package io.github.bitnetmaven.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** An image's name, digest or id as it may stand in a path of the engine's API. */
final class Reference {
    private static final Pattern ACCEPTED =
            Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._:\\[\\]-]*(/[A-Za-z0-9][A-Za-z0-9._:-]*)*"
                    + "(@[A-Za-z0-9+._-]+:[0-9a-fA-F]+)?");
    private static final int LONGEST = 512;

    private Reference() {}

    /** The reference, escaped for a path or a query; slashes stay. */
    static String encoded(String reference) throws EngineException {
        if (reference.length() > LONGEST || !ACCEPTED.matcher(reference).matches()) {
            throw new EngineException("'" + Printable.line(reference) + "' is not the name or the id of an image."
                    + " Write it like acme/bitnet:1.0.");
        }
        return URLEncoder.encode(reference, StandardCharsets.UTF_8).replace("%2F", "/").replace("%3A", ":")
                .replace("%40", "@");
    }

    /** Name and tag as engines list them, so that the short and the long spelling of one reference compare equal. */
    static String canonical(String reference) {
        String name = reference;
        for (String prefix : new String[] {"docker.io/library/", "docker.io/", "localhost/"}) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
                break;
            }
        }
        return hasTag(name) ? name : name + ":latest";
    }

    /** Splits at the colon of the tag: the name, and the tag or {@code latest}. */
    static String[] nameAndTag(String reference) {
        int colon = reference.lastIndexOf(':');
        return hasTag(reference)
                ? new String[] {reference.substring(0, colon), reference.substring(colon + 1)}
                : new String[] {reference, "latest"};
    }

    private static boolean hasTag(String reference) {
        return reference.lastIndexOf(':') > reference.lastIndexOf('/');
    }
}
