package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The options of {@code <image>}. */
final class ImageOptions {
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9.]+)?");
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}\\.py");
    private static final int DEFAULT_PORT = 8001;

    private final Configuration configuration;
    private final Problems problems;
    private final ImageParameters element;

    ImageOptions(Configuration configuration, ImageParameters element) {
        this.configuration = configuration;
        this.problems = configuration.problems();
        this.element = element;
    }

    ImageSettings settings(String defaultName) {
        String name = name(defaultName);
        Variant variant = variant();
        return new ImageSettings(name, variant, baseImage(variant.defaultBaseImage()), port(), platforms(), server(variant));
    }

    private ServerScript server(Variant variant) {
        Option script = configuration.option("<image><server>", "bitnet.server", element.server);
        Option requirements = configuration.option(
                "<image><serverRequirements>", "bitnet.serverRequirements", element.serverRequirements);
        for (Option option : List.of(script, requirements)) {
            if (option.isSet() && variant != Variant.PYTHON) {
                option.refuse(problems, "only the variant python has a Python server: set <image><variant>"
                        + " (-Dbitnet.variant) to python, or leave it out");
                return ServerScript.OURS;
            }
        }
        Path file = script.isSet() ? configuration.existing(script, false) : null;
        if (file != null && !SCRIPT.matcher(String.valueOf(file.getFileName())).matches()) {
            script.refuse(problems, "the name of a Python script is made of letters, digits, '_' and '-', and ends with"
                    + " .py");
        }
        return new ServerScript(file, requirements.isSet() ? configuration.existing(requirements, false) : null);
    }

    private String name(String defaultName) {
        Option option = configuration.option("<image><name>", "bitnet.image", element.name);
        ImageReference reference = configuration.reference(option, defaultName);
        if (reference == null) {
            return defaultName;
        }
        if (reference.digest() != null) {
            option.refuse(problems, "an image to be built cannot be given a digest: leave out @" + reference.digest());
        }
        return reference.withDefaultTag().toString();
    }

    private Variant variant() {
        Option option = configuration.option("<image><variant>", "bitnet.variant", element.variant);
        return option.oneOf(Variant.class, Variant.NATIVE, problems);
    }

    private String baseImage(String fallback) {
        Option option = configuration.option("<image><baseImage>", "bitnet.baseImage", element.baseImage);
        ImageReference reference = configuration.reference(option, fallback);
        return reference == null ? fallback : reference.toString();
    }

    private int port() {
        Option option = configuration.option("<image><port>", "bitnet.port", element.port);
        try {
            int port = Integer.parseInt(option.or("" + DEFAULT_PORT));
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        option.refuse(problems, "a port is a whole number from 1 to 65535");
        return DEFAULT_PORT;
    }

    private List<String> platforms() {
        Option option = configuration.option("<image><platforms>", "bitnet.platforms", element.platforms);
        List<String> platforms = configuration.words(option, null);
        for (String platform : platforms) {
            if (!PLATFORM.matcher(platform).matches()) {
                option.refuse(
                        problems,
                        "'" + Problems.printable(platform) + "' is not a platform such as linux/amd64 or linux/arm64");
            }
        }
        return platforms;
    }
}
