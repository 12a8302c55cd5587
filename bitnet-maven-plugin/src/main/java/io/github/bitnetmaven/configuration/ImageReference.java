package io.github.bitnetmaven.configuration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, by the grammar of https://github.com/distribution/reference.
 *
 * @param registry host and port, such as {@code localhost:5000}; null when the name has none
 * @param repository such as {@code acme/bitnet}
 * @param tag null when the name has none
 * @param digest such as {@code sha256:…}; null when the name has none
 */
public record ImageReference(
        @Nullable String registry, String repository, @Nullable String tag, @Nullable String digest) {

    private static final int MAX_NAME = 255;
    private static final Pattern PARTS = Pattern.compile("([^@]*?)(?::([^:/@]*))?(?:@(.*))?", Pattern.DOTALL);
    private static final String HOST_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern HOST = Pattern.compile(
            "(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]{1,5})?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final Pattern IMAGE_ID = Pattern.compile("[0-9a-f]{64}");

    /**
     * Parses what {@code docker} would accept as the name of an image.
     *
     * @throws ConfigurationException with a sentence that says what is wrong with the name, without where it stands
     */
    public static ImageReference parse(String text) throws ConfigurationException {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || text.length() > 2 * MAX_NAME || !parts.matches()) {
            throw refused(text, "it is not of the form [registry/]name[:tag]");
        }
        String name = parts.group(1);
        String tag = parts.group(2);
        String digest = parts.group(3);
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        if (hasRegistry && !HOST.matcher(first).matches()) {
            throw refused(text, "'" + first + "' is not the host of a registry");
        }
        String repository = hasRegistry ? name.substring(slash + 1) : name;
        for (String component : repository.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                throw refused(
                        text,
                        "'" + component + "' may only hold lower-case letters and digits,"
                                + " with single separators (. _ __ -) between them");
            }
        }
        if (name.length() > MAX_NAME) {
            throw refused(text, "it is longer than " + MAX_NAME + " characters");
        }
        if (!hasRegistry && IMAGE_ID.matcher(repository).matches()) {
            throw refused(text, "64 hexadecimal digits are the id of an image, not a name");
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw refused(
                    text,
                    "the tag '" + tag + "' is not 1 to 128 letters, digits, '_', '.' and '-',"
                            + " beginning with neither '.' nor '-'");
        }
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw refused(text, "'" + digest + "' is not a digest such as sha256:<64 hexadecimal digits>");
        }
        return new ImageReference(hasRegistry ? first : null, repository, tag, digest);
    }

    /** The same name with another tag and no digest. */
    public ImageReference withTag(String otherTag) {
        return new ImageReference(registry, repository, otherTag, null);
    }

    /** The tag, or {@code latest} where the name has neither tag nor digest. */
    public ImageReference withDefaultTag() {
        return tag != null || digest != null ? this : withTag("latest");
    }

    /** As users write it. */
    @Override
    public String toString() {
        return (registry == null ? "" : registry + "/")
                + repository
                + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }

    private static ConfigurationException refused(String text, String why) {
        return new ConfigurationException("'" + Problems.printable(text) + "' is not a name that Docker accepts for an"
                + " image: " + Problems.printable(why) + ".");
    }
}
