package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.StageWatcher;
import io.github.bitnetmaven.progress.Progress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a Dockerfile that the classic builder and BuildKit read alike: the frame that all variants share, filled
 * by a {@link VariantDockerfile}.
 */
public final class Dockerfile {
    /** The name of the stage that makes the backend. */
    public static final String STAGE = "backend";

    /** Its value is the stage's key: the containers in which stage one compiles are found by it. */
    public static final String STAGE_LABEL = StageWatcher.LABEL;

    /** Marks images that this plugin built; its value is the image's name. */
    public static final String IMAGE_LABEL = "io.github.bitnetmaven.image";

    /** The first line: a directory that holds a Dockerfile without it is not ours. */
    static final String FIRST_LINE =
            "# Written by bitnet-maven-plugin from its <configuration>: edit that, changes here are lost.";

    static final String CERTIFICATES = "ca-certificates.pem";
    static final String RUNTIME = "runtime";

    static final String SERVER = "llama-server";
    static final String PROBE = "/app/bin/bitnet-probe";
    /** FROM and COPY --from as they are written here. */
    private static final Pattern FROM = Pattern.compile("(?m)^(?:FROM |COPY --from=)(\\S+)(?: AS (\\S+))?");

    /** Distroless's "nonroot". */
    private static final String USER = "65532:65532";

    private final ContextRequest request;
    private final VariantDockerfile variant;

    private Dockerfile(ContextRequest request, VariantDockerfile variant) {
        this.request = request;
        this.variant = variant;
    }

    /** The variants that this version builds. */
    static VariantDockerfile variant(Variant variant) {
        return switch (variant) {
            case NATIVE -> new NativeVariant();
            case MOCK -> new MockVariant();
            case PYTHON -> new PythonVariant();
        };
    }

    /** The whole text; every value of the configuration is checked on the way. */
    static String of(ContextRequest request) throws ConfigurationException {
        check(request.image(), request.backend());
        VariantDockerfile variant = variant(request.image().variant());
        String fetch = request.download() == null ? "" : FetchSection.text(request) + "\n";
        return FIRST_LINE + "\n\n" + fetch + variant.stageOne(request) + "\n" + new Dockerfile(request, variant).image();
    }

    /** The images that one of ours names; its own stages and {@code scratch} are none. */
    static List<String> startsFrom(String text) {
        Set<String> stages = new HashSet<>(Set.of("scratch"));
        Set<String> images = new LinkedHashSet<>();
        Matcher from = FROM.matcher(text);
        while (from.find()) {
            if (!stages.contains(from.group(1))) {
                images.add(from.group(1));
            }
            if (from.group(2) != null) {
                stages.add(from.group(2));
            }
        }
        return List.copyOf(images);
    }

    /** Refuses settings that no Dockerfile can be made of: worth asking before the long work. */
    public static void check(ImageSettings image, BackendSettings backend) throws ConfigurationException {
        VariantDockerfile variant = variant(image.variant());
        DockerfileText.reference("<image><baseImage> (-Dbitnet.baseImage)", image.baseImage());
        DockerfileText.quoted("<image><name> (-Dbitnet.image)", image.name());
        if (image.port() < 1 || image.port() > 65_535) {
            throw new ConfigurationException("<image><port> (-Dbitnet.port) is " + image.port()
                    + ", but a port is a whole number from 1 to 65535.");
        }
        variant.check(image, backend);
    }

    /** Refuses a base image that will not do; this may pull it. */
    public static void checkBase(ImageSettings image, Engine engine, Progress progress) throws BitnetException {
        variant(image.variant()).checkBase(image, engine, progress);
    }

    private String image() throws ConfigurationException {
        boolean embedded = !request.startFrom().equals(request.image().baseImage());
        StringBuilder text = new StringBuilder();
        text.append("# Stage two is the image: ")
                .append(embedded ? "the base with the model in it, and above it only what runs.\n" : "only what runs.\n");
        text.append("FROM ")
                .append(DockerfileText.reference("<image><baseImage> (-Dbitnet.baseImage)", request.startFrom()))
                .append('\n');
        ModelDownload download = request.download();
        if (download != null) {
            text.append(FetchSection.copy());
        }
        for (String copy : variant.copies(request)) {
            text.append(copy).append('\n');
        }
        text.append("ENV ");
        if (request.modelFileName() != null) {
            text.append("MODEL_PATH=\"/app/models/")
                    .append(DockerfileText.fileName("The file name of the model (<model>)", request.modelFileName()))
                    .append("\" \\\n    ");
        }
        if (download != null) {
            text.append(FetchSection.environment(download));
        }
        text.append("BITNET_PORT=\"").append(request.image().port()).append('"');
        for (Map.Entry<String, String> variable : variant.environment().entrySet()) {
            text.append(" \\\n    ").append(variable.getKey()).append("=\"").append(variable.getValue()).append('"');
        }
        text.append('\n');
        text.append("EXPOSE ").append(request.image().port()).append('\n');
        text.append("USER ").append(USER).append('\n');
        text.append("HEALTHCHECK ")
                .append(variant.healthCheckOptions(request))
                .append(" \\\n    CMD ")
                .append(DockerfileText.execForm(variant.healthCheck()))
                .append('\n');
        text.append("ENTRYPOINT ")
                .append(DockerfileText.execForm(
                        download == null
                                ? variant.entryPoint(request)
                                : FetchSection.entryPoint(variant.entryPoint(request))))
                .append('\n');
        return text.append(labels()).toString();
    }

    private String labels() throws ConfigurationException {
        ImageLabels labels = request.labels();
        String base = request.image().baseImage();
        StringBuilder text = new StringBuilder();
        text.append("LABEL ").append(IMAGE_LABEL).append('=').append(DockerfileText.quoted(
                "<image><name> (-Dbitnet.image)", request.image().name()));
        for (Label label : List.of(
                new Label("title", "<name> of the project", labels.title()),
                new Label("version", "<version> of the project", labels.version()),
                new Label("revision", "The revision of the project", labels.revision()),
                new Label("source", "<scm><url> of the project", labels.source()),
                new Label("licenses", "<licenses> of the project", labels.licenses()),
                new Label("base.name", "<image><baseImage> (-Dbitnet.baseImage)", baseName(base)),
                new Label("base.digest", "<image><baseImage> (-Dbitnet.baseImage)", baseDigest(base)))) {
            if (label.value != null && !label.value.isBlank()) {
                text.append(" \\\n    org.opencontainers.image.")
                        .append(label.name)
                        .append('=')
                        .append(DockerfileText.quoted(label.where, label.value));
            }
        }
        return text.append('\n').toString();
    }

    private static @Nullable String baseName(String base) {
        int digest = base.indexOf('@');
        return base.equals("scratch") ? null : digest < 0 ? base : base.substring(0, digest);
    }

    private static @Nullable String baseDigest(String base) {
        int digest = base.indexOf('@');
        return digest < 0 ? null : base.substring(digest + 1);
    }

    private record Label(String name, String where, @Nullable String value) {}
}
