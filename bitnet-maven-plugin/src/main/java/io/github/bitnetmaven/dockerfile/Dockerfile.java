package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import io.github.bitnetmaven.engine.StageWatcher;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of a two-stage Dockerfile that the classic builder and BuildKit read alike. */
public final class Dockerfile {
    /** The name of stage one. */
    public static final String STAGE = "backend";

    /** Its value is the stage's key: the containers in which stage one compiles are found by it. */
    public static final String STAGE_LABEL = StageWatcher.LABEL;

    /** Marks images that this plugin built; its value is the image's name. */
    public static final String IMAGE_LABEL = "io.github.bitnetmaven.image";

    /** The first line: a directory that holds a Dockerfile without it is not ours. */
    static final String FIRST_LINE =
            "# Written by bitnet-maven-plugin from its <configuration>: edit that, changes here are lost.";

    static final String ARCHIVE = "backend.tar.gz";
    static final String CERTIFICATES = "ca-certificates.pem";
    static final String RUNTIME = "runtime";

    private static final String BUILDER_IMAGE = "<backend><builderImage> (-Dbitnet.backend.builderImage)";
    private static final String EXECUTABLES = "<backend><executables> (-Dbitnet.backend.executables)";

    private static final String SERVER = "llama-server";
    /** Distroless's "nonroot". */
    private static final String USER = "65532:65532";

    private final ContextRequest request;
    private final BackendPlan plan;

    private Dockerfile(ContextRequest request) {
        this.request = request;
        this.plan = request.plan();
    }

    /** The whole text; every value of the configuration is checked on the way. */
    static String of(ContextRequest request) throws ConfigurationException {
        check(request.image(), request.plan().settings());
        Dockerfile dockerfile = new Dockerfile(request);
        String stageOne = request.hostArtifacts() == null ? dockerfile.compiled() : dockerfile.taken();
        return FIRST_LINE + "\n\n" + stageOne + "\n" + dockerfile.image();
    }

    /** Refuses settings that no Dockerfile can be made of: worth asking before the long work. */
    public static void check(ImageSettings image, BackendSettings backend) throws ConfigurationException {
        if (image.variant() != Variant.NATIVE) {
            throw new ConfigurationException("<image><variant> (-Dbitnet.variant) is "
                    + image.variant().name().toLowerCase(Locale.ROOT)
                    + ", but this version builds the variant native only.");
        }
        DockerfileText.reference("<image><baseImage> (-Dbitnet.baseImage)", image.baseImage());
        DockerfileText.quoted("<image><name> (-Dbitnet.image)", image.name());
        if (image.port() < 1 || image.port() > 65_535) {
            throw new ConfigurationException("<image><port> (-Dbitnet.port) is " + image.port()
                    + ", but a port is a whole number from 1 to 65535.");
        }
        DockerfileText.reference(BUILDER_IMAGE, backend.builderImage());
        for (String executable : backend.executables()) {
            DockerfileText.fileName(EXECUTABLES, executable);
        }
        if (!backend.executables().contains(SERVER)) {
            throw new ConfigurationException(EXECUTABLES + " is " + String.join(", ", backend.executables())
                    + ", but the image starts " + SERVER + ". Add it to the list.");
        }
        for (String argument : backend.cmakeArguments()) {
            DockerfileText.cmakeOption("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments)", argument);
        }
    }

    private String compiled() throws ConfigurationException {
        StringBuilder text = new StringBuilder();
        text.append("# Stage one compiles the backend. Nothing of it reaches the image but /runtime.\n");
        text.append("FROM ")
                .append(DockerfileText.reference(BUILDER_IMAGE, plan.settings().builderImage()))
                .append(" AS ")
                .append(STAGE)
                .append('\n');
        if (request.caCertificates() != null) {
            text.append("\n# Trusted in this stage only.\n");
            text.append("COPY ").append(CERTIFICATES).append(" /tools/\n");
            text.append("RUN mkdir -p /etc/ssl/certs && cat /tools/")
                    .append(CERTIFICATES)
                    .append(" >>/etc/ssl/certs/ca-certificates.crt\n");
        }
        text.append("\n# The compilers, unless the builder image brings them.\n");
        text.append("RUN (command -v cmake && command -v c++ && command -v ninja && command -v readelf");
        if (plan.packages().contains("python3")) {
            text.append(" && command -v python3");
        }
        text.append(") >/dev/null \\\n    || (apt-get update \\\n")
                .append("        && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ")
                .append(String.join(" ", plan.packages()))
                .append(" \\\n        && rm -rf /var/lib/apt/lists/*)\n");
        text.append("\n# ").append(sourceComment()).append('\n');
        text.append("ADD ").append(ARCHIVE).append(" /src/\n");
        text.append("COPY ")
                .append(BundledFile.PROBE.fileName())
                .append(' ')
                .append(BundledFile.COLLECT_RUNTIME.fileName())
                .append(" /tools/\n");
        text.append("WORKDIR /src\n");
        text.append("# While it compiles, its container is found by this label, and its progress shown.\n");
        text.append("LABEL ").append(STAGE_LABEL).append("=\"").append(plan.key()).append("\"\n");
        if (plan.emptyKernelHeader()) {
            text.append("\n# i2_s needs none of the generated kernels, but the sources include their header.\n");
            text.append("RUN touch ").append(BackendPlan.KERNEL_HEADER).append('\n');
        } else if (!plan.kernelGeneration().isEmpty()) {
            text.append("\n# The kernels for the shape of the model.\n");
            text.append("RUN ").append(DockerfileText.command(plan.kernelGeneration())).append('\n');
        }
        text.append("\n# Portable CPU flags; only the executables that are asked for, and what they need. Then the entry point")
                .append(" and\n# health check, and what has to be in the image, stripped, with fixed times. One instruction,")
                .append(" after a second's\n# wait, so that whatever fails in it is read by who follows its container's output.\n");
        String probe = "/build/bitnet-probe";
        text.append("RUN sleep 1 \\\n    && ")
                .append(DockerfileText.command(plan.configure("/src", "/build", "Ninja")))
                .append(" \\\n    && ")
                .append(DockerfileText.command(plan.build("/build")))
                .append(" \\\n    && ")
                .append(DockerfileText.command(plan.probe("/tools/" + BundledFile.PROBE.fileName(), probe)))
                .append(" \\\n    && ")
                .append(DockerfileText.command(plan.collect(
                        "/tools/" + BundledFile.COLLECT_RUNTIME.fileName(), "/build", "/runtime", probe)))
                .append('\n');
        return text.toString();
    }

    private String sourceComment() {
        return plan.tree().revision().isEmpty()
                ? "The source, from a directory."
                : "The source: " + DockerfileText.printable(plan.tree().description());
    }

    private String taken() {
        return "# Stage one takes what was compiled on the host (-Dbitnet.backend.compileIn=host).\n"
                + "FROM scratch AS " + STAGE + "\n"
                + "COPY " + RUNTIME + "/ /runtime/\n";
    }

    private String image() throws ConfigurationException {
        String model = DockerfileText.fileName("The file name of the model (<model>)", request.modelFileName());
        boolean embedded = !request.startFrom().equals(request.image().baseImage());
        StringBuilder text = new StringBuilder();
        text.append("# Stage two is the image: ")
                .append(embedded ? "the base with the model in it, and above it only what runs.\n" : "only what runs.\n");
        text.append("FROM ")
                .append(DockerfileText.reference("<image><baseImage> (-Dbitnet.baseImage)", request.startFrom()))
                .append('\n');
        text.append("COPY --from=").append(STAGE).append(" /runtime/ /\n");
        text.append("ENV MODEL_PATH=\"/app/models/").append(model).append("\" \\\n");
        text.append("    BITNET_PORT=\"").append(request.image().port()).append("\"\n");
        text.append("EXPOSE ").append(request.image().port()).append('\n');
        text.append("USER ").append(USER).append('\n');
        text.append("HEALTHCHECK --interval=10s --timeout=6s --start-period=300s --retries=3 \\\n    CMD ")
                .append(DockerfileText.execForm("/app/bin/bitnet-probe", "health"))
                .append('\n');
        text.append("ENTRYPOINT ")
                .append(DockerfileText.execForm("/app/bin/bitnet-probe", "serve", "/app/bin/" + SERVER))
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
                new Label("base.name", "<image><baseImage> (-Dbitnet.baseImage)", base.equals("scratch") ? null : base))) {
            if (label.value != null && !label.value.isBlank()) {
                text.append(" \\\n    org.opencontainers.image.")
                        .append(label.name)
                        .append('=')
                        .append(DockerfileText.quoted(label.where, label.value));
            }
        }
        return text.append('\n').toString();
    }

    private record Label(String name, String where, @Nullable String value) {}
}
