package io.github.bitnetmaven.configuration;

import io.github.bitnetmaven.configuration.SubjectSettings.InRegistry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which image is to be checked: one of the engine, one of a registry, or an archive. */
final class SubjectOptions {
    private static final Pattern IMAGE_ID = Pattern.compile("(?:sha256:)?[0-9a-f]{12,64}");

    /** Where an image's name is looked up. */
    private enum From {
        ENGINE,
        REGISTRY
    }

    private final Configuration configuration;
    private final Problems problems;

    SubjectOptions(Configuration configuration) {
        this.configuration = configuration;
        this.problems = configuration.problems();
    }

    SubjectSettings settings(
            @Nullable ImageParameters image,
            @Nullable String archive,
            @Nullable String from,
            @Nullable RegistryParameters registry,
            @Nullable String fallback) {
        Option archiveOption = configuration.option("<archive>", "bitnet.archive", archive);
        Option nameOption =
                configuration.option("<image><name>", "bitnet.image", image == null ? null : image.name);
        Option baseOption = configuration.option(
                "<image><baseImage>", "bitnet.baseImage", image == null ? null : image.baseImage);
        Option fromOption = configuration.option("<from>", "bitnet.from", from);
        Option insecureOption = configuration.option(
                "<registry><insecure>", "bitnet.registry.insecure", registry == null ? null : registry.insecure);
        boolean insecure = insecureOption.isTrue(problems);
        boolean fromRegistry = fromOption.oneOf(From.class, From.ENGINE, problems) == From.REGISTRY;
        String base = baseOption.isSet() ? baseImage(baseOption) : "scratch";
        if (configuration.chosen(List.of(archiveOption, nameOption)).contains(archiveOption)) {
            return new SubjectSettings(archiveOption.or(""), path(archiveOption), null, base);
        }
        if (!nameOption.isSet() && fallback == null) {
            problems.add("Nothing says what to check. Name an image with -Dbitnet.image, or an archive or OCI layout"
                    + " with -Dbitnet.archive.");
            return new SubjectSettings("", null, null, base);
        }
        String name = nameOption.or(fallback == null ? "" : fallback);
        boolean isId = IMAGE_ID.matcher(name).matches();
        if (isId && fromRegistry) {
            nameOption.refuse(problems, "a registry finds an image by its name only, such as acme/bitnet:1.0");
        }
        ImageReference reference = isId ? null : configuration.reference(nameOption, name);
        InRegistry inRegistry =
                fromRegistry && reference != null ? new InRegistry(reference, insecure) : null;
        return new SubjectSettings(name, null, inRegistry, base);
    }

    private String baseImage(Option option) {
        ImageReference reference = configuration.reference(option, "scratch");
        return reference == null ? "scratch" : reference.toString();
    }

    private @Nullable Path path(Option option) {
        try {
            return configuration.baseDirectory().resolve(option.or("")).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            option.refuse(problems, "that is not a path on this machine");
            return null;
        }
    }
}
