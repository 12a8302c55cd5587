package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stage {@link Dockerfile#STAGE}, which leaves the backend in {@code /runtime}. Its text is the same for every
 * variant, so that the engine compiles once for all of them.
 */
final class BackendSection {
    private static final String EXECUTABLES = "<backend><executables> (-Dbitnet.backend.executables)";

    private final ContextRequest request;
    private final BackendPlan plan;

    /** @param plan of the request, which must have one */
    BackendSection(ContextRequest request, BackendPlan plan) {
        this.request = request;
        this.plan = plan;
    }

    /** Refuses settings that no stage can be made of. */
    static void check(BackendSettings backend) throws ConfigurationException {
        BuilderStage.check(backend);
        for (String executable : backend.executables()) {
            DockerfileText.fileName(EXECUTABLES, executable);
        }
        if (!backend.executables().contains(Dockerfile.SERVER)) {
            throw new ConfigurationException(EXECUTABLES + " is " + String.join(", ", backend.executables())
                    + ", but the image starts " + Dockerfile.SERVER + ". Add it to the list.");
        }
        for (String argument : backend.cmakeArguments()) {
            DockerfileText.cmakeOption("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments)", argument);
        }
    }

    /** The instructions. */
    String text() throws ConfigurationException {
        return request.hostArtifacts() == null ? compiled() : taken();
    }

    /** Adds what the instructions copy. */
    void addTo(ContextFiles files) throws IOException {
        RuntimeArtifacts artifacts = request.hostArtifacts();
        if (artifacts == null) {
            for (BundledFile file : plan.tools()) {
                files.add(file.fileName(), file.read());
            }
            BuilderStage.addTo(request, files);
            files.addSource(plan.tree());
        } else {
            Stream.concat(artifacts.executables().stream(), artifacts.libraries().stream())
                    .forEach(file -> files.add(
                            Dockerfile.RUNTIME + "/" + file.path(),
                            artifacts.directory().resolve(file.path())));
        }
    }

    private String compiled() throws ConfigurationException {
        StringBuilder text = new StringBuilder();
        text.append("# Stage one compiles the backend. Nothing of it reaches the image but /runtime.\n");
        text.append(BuilderStage.from(request));
        text.append("\n# The compilers, unless the builder image brings them.\n");
        List<String> tools = new ArrayList<>(List.of("cmake", "c++", "ninja", "readelf"));
        if (plan.packages().contains("python3")) {
            tools.add("python3");
        }
        text.append(BuilderStage.packages(
                tools.stream().map(tool -> "command -v " + tool).toList(), plan.packages()));
        text.append("\n# ").append(sourceComment()).append('\n');
        text.append("ADD ").append(ContextFiles.ARCHIVE).append(" /src/\n");
        List<String> names = plan.tools().stream().map(BundledFile::fileName).toList();
        text.append("COPY ").append(String.join(" ", names)).append(" /tools/\n");
        text.append("WORKDIR /src\n");
        text.append("# While it compiles, its container is found by this label, and its progress shown.\n");
        text.append("LABEL ").append(Dockerfile.STAGE_LABEL).append("=\"").append(plan.key()).append("\"\n");
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
                .append(DockerfileText.command(plan.configure("/src", "/build", "/tools", "Ninja")))
                .append(" \\\n    && ")
                .append(DockerfileText.command(plan.build("/build")))
                .append(" \\\n    && ")
                .append(DockerfileText.command(BackendPlan.probe("/tools/" + BundledFile.PROBE.fileName(), probe)))
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
                + "FROM scratch AS " + Dockerfile.STAGE + "\n"
                + "COPY " + Dockerfile.RUNTIME + "/ /runtime/\n";
    }
}
