package io.github.bitnetmaven.configuration;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes settings of what a user set. A property beats the element of the pom, so that one run can differ from the pom
 * without editing it. What is wrong is collected in {@link #problems}; ask {@link #throwIfAny} before the settings are
 * used.
 */
public final class Configuration {
    /** https://github.com/microsoft/BitNet at June 2025, the newest revision that is known to be good. */
    public static final String DEFAULT_REVISION = "404980eecae38affa4871c3e419eae3f44536a95";

    private final Path baseDirectory;
    private final Function<String, @Nullable String> properties;
    private final Problems problems = new Problems();

    /**
     * @param baseDirectory what relative paths are relative to
     * @param properties looks a property up by its name; null when it is not set
     */
    public Configuration(Path baseDirectory, Function<String, @Nullable String> properties) {
        this.baseDirectory = baseDirectory;
        this.properties = properties;
    }

    /** Where others add what is wrong with their part. */
    public Problems problems() {
        return problems;
    }

    /** Throws all problems met so far, as one exception. */
    public void throwIfAny() throws ConfigurationException {
        problems.throwIfAny();
    }

    /** {@code <image>}; the name defaults to {@code artifactId:version} of the project. */
    public ImageSettings image(@Nullable ImageParameters element, String defaultName) {
        return new ImageOptions(this, element == null ? new ImageParameters() : element).settings(defaultName);
    }

    /** {@code <backend>} of a variant, which says what is compiled when nothing else does. */
    public BackendSettings backend(@Nullable BackendParameters element, Variant variant) {
        return new BackendOptions(this, element == null ? new BackendParameters() : element, variant).settings();
    }

    /** {@code <model>}. */
    public ModelSettings model(@Nullable ModelParameters element) {
        return new ModelOptions(this, element == null ? new ModelParameters() : element).settings();
    }

    /**
     * What is to be checked.
     *
     * @param archive {@code <archive>}
     * @param from {@code <from>}
     * @param registry {@code <registry>}
     * @param defaultName name of an image; null when there is no project to take one from
     */
    public SubjectSettings subject(
            @Nullable ImageParameters image,
            @Nullable String archive,
            @Nullable String from,
            @Nullable RegistryParameters registry,
            @Nullable String defaultName) {
        return new SubjectOptions(this).settings(image, archive, from, registry, defaultName);
    }

    /**
     * Baseline and history.
     *
     * @param budget {@code <budgets><growth>}
     * @param history {@code <history>}
     * @param defaultBaseline path of the baseline file that is meant where none is named
     */
    public GrowthSettings growth(
            @Nullable GrowthParameters budget, @Nullable String history, String defaultBaseline) {
        return new GrowthOptions(this).settings(budget, history, defaultBaseline);
    }

    /** {@code <history>}: a file of audits that is only read; null when nothing is set. */
    public @Nullable Path history(@Nullable String element) {
        return new GrowthOptions(this).history(element);
    }

    /** Where a baseline is written. */
    public ReferenceLocation baseline(@Nullable GrowthParameters budget, String defaultBaseline)
            throws ConfigurationException {
        Option option = option("<growth><baseline>", "bitnet.baseline", budget == null ? null : budget.baseline);
        return ReferenceLocation.parse(option.or(defaultBaseline), baseDirectory, option.name());
    }

    /** Something to compare, which has to be named. */
    public @Nullable ReferenceLocation reference(String xmlPath, String property, @Nullable String element) {
        Option option = option(xmlPath, property, element);
        if (!option.isSet()) {
            problems.add(xmlPath + " (-D" + property + ") is missing. Name an image with image:NAME or registry:NAME, or"
                    + " the path of an archive, an OCI layout, an audit.json or a baseline.");
            return null;
        }
        return new GrowthOptions(this).location(option, "");
    }

    /** The name of a base image; {@code scratch} for none. */
    public String baseImage(String xmlPath, String property, @Nullable String element, String fallback) {
        ImageReference image = reference(option(xmlPath, property, element), fallback);
        return image == null ? fallback : image.toString();
    }

    /** {@code <engine>}. */
    public EngineChoice engine(@Nullable String element) {
        Option option = option("<engine>", "bitnet.engine", element);
        EngineChoice choice = option.oneOf(EngineChoice.class, EngineChoice.AUTO, problems);
        if (choice == EngineChoice.JIB) {
            option.refuse(problems, "this version builds with a Docker engine only: use docker or auto");
        }
        return choice;
    }

    /** {@code <caCertificates>}: a PEM file; null when nothing is set. */
    public @Nullable Path caCertificates(@Nullable String element) {
        Option option = option("<caCertificates>", "bitnet.caCertificates", element);
        return option.isSet() ? new CertificateFile(this, option).checked() : null;
    }

    /** {@code <modelPatterns>}: which paths of an image count as models. */
    public List<String> modelPatterns(@Nullable List<String> element) {
        List<String> patterns = words(option("<modelPatterns>", "bitnet.modelPatterns", null), element);
        return patterns.isEmpty() ? List.of("**/*.gguf") : patterns;
    }

    /** {@code <reports>}: names of reports; empty when none is set. */
    public List<String> reports(@Nullable List<String> element) {
        return words(option("<reports>", "bitnet.reports", null), element);
    }

    /** {@code <image><pinDigests>}: whether base images are named by their digests. */
    public boolean pinDigests(@Nullable ImageParameters element) {
        return option("<image><pinDigests>", "bitnet.pinDigests", element == null ? null : element.pinDigests)
                .isTrue(problems);
    }

    /** {@code <deployments>}: names of descriptors; empty when none is set. */
    public List<String> deployments(@Nullable List<String> element) {
        return words(option("<deployments>", "bitnet.deployments", null), element);
    }

    Path baseDirectory() {
        return baseDirectory;
    }

    Option option(String xmlPath, @Nullable String property, @Nullable String element) {
        String value = property == null ? null : properties.apply(property);
        return new Option(xmlPath, property, isSet(value) ? value : element);
    }

    /** Of options that exclude each other: those set as a property, so that one is enough, else all that are set. */
    List<Option> chosen(List<Option> options) {
        List<Option> asProperty = options.stream()
                .filter(option -> option.property() != null && isSet(properties.apply(option.property())))
                .toList();
        return asProperty.isEmpty() ? options.stream().filter(Option::isSet).toList() : asProperty;
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /** What the property lists, separated by commas, else the trimmed items of the element. */
    List<String> words(Option property, @Nullable List<String> element) {
        List<String> items = property.isSet() ? List.of(property.or("").split(",")) : element;
        if (items == null) {
            return List.of();
        }
        return items.stream()
                .map(item -> item == null ? "" : item.strip())
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** The path that is meant, absolute; null, and a problem, when it is none or not of the kind. */
    @Nullable Path existing(Option option, boolean directory) {
        String kind = directory ? "directory" : "file";
        try {
            Path path = baseDirectory.resolve(option.or("")).toAbsolutePath().normalize();
            if (directory ? Files.isDirectory(path) : Files.isRegularFile(path)) {
                return path;
            }
            String why = Files.exists(path) ? path + " is not a " + kind : "there is no " + kind + " " + path;
            option.refuse(problems, Problems.printable(why));
        } catch (InvalidPathException e) {
            option.refuse(problems, "that is not a path on this machine");
        }
        return null;
    }

    /** The reference that is meant; null, and a problem, when Docker would refuse it. */
    @Nullable ImageReference reference(Option option, String fallback) {
        try {
            return ImageReference.parse(option.or(fallback));
        } catch (ConfigurationException e) {
            problems.add(option.name() + ": " + e.getMessage());
            return null;
        }
    }
}
