package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The mock server ({@code src/mock}), which needs neither backend nor model. It is its container's first process itself:
 * it handles the signals that end it and has no child.
 */
final class MockVariant implements VariantDockerfile {
    private static final String SERVER = "/app/bin/bitnet-mock";
    private static final String TOOLS = "/tools/";
    private static final List<String> CONDITIONS =
            List.of("command -v cc", "[ -e /usr/include/event2/http.h ]", "[ -e /usr/include/jansson.h ]");
    private static final List<String> PACKAGES = List.of("gcc", "libc6-dev", "libevent-dev", "libjansson-dev");

    @Override
    public void check(ImageSettings image, BackendSettings backend) throws ConfigurationException {
        BuilderStage.check(backend);
        if (backend.compileIn() == CompileIn.HOST) {
            throw new ConfigurationException("<backend><compileIn> (-Dbitnet.backend.compileIn) is host, but the variant"
                    + " mock has no backend, and its server is compiled in a container only. Leave it out.");
        }
    }

    @Override
    public List<String> stageKeys(ContextRequest request) {
        return List.of(BundledFile.sha256(BundledFile.OF_MOCK));
    }

    @Override
    public String stageOne(ContextRequest request) throws ConfigurationException {
        return "# Stage one compiles the server. Nothing of it reaches the image but /runtime.\n"
                + BuilderStage.from(request)
                + "\n# The compiler and the libraries for HTTP and JSON, unless the builder image brings them.\n"
                + BuilderStage.packages(CONDITIONS, PACKAGES)
                + "\nCOPY mock/ " + TOOLS + "mock/\n"
                + "COPY " + BundledFile.PROBE.path() + " " + BundledFile.INTERFACE_DOCUMENTS.path() + " " + TOOLS + "\n"
                + "# While it compiles, its container is found by this label, and what fails is read.\n"
                + "LABEL " + Dockerfile.STAGE_LABEL + "=\"" + stageKeys(request).get(0) + "\"\n"
                + "\n# Static, stripped, without what nothing calls, with fixed times.\n"
                + "RUN sleep 1 \\\n    && mkdir -p /runtime/app/bin \\\n    && "
                + DockerfileText.command(compile())
                + " \\\n    && "
                + DockerfileText.command(
                        BackendPlan.probe(TOOLS + BundledFile.PROBE.fileName(), "/runtime" + Dockerfile.PROBE))
                + " \\\n    && find /runtime -exec touch -h -d @1 {} +\n";
    }

    private static List<String> compile() {
        List<String> command = new ArrayList<>(List.of(
                "cc", "-std=gnu11", "-Os", "-ffunction-sections", "-fdata-sections", "-static", "-Wl,--gc-sections",
                "-Wl,--build-id=none", "-I" + TOOLS, "-s", "-o", "/runtime" + SERVER));
        for (BundledFile file : BundledFile.OF_MOCK) {
            if (file.path().startsWith("mock/") && file.path().endsWith(".c")) {
                command.add(TOOLS + file.path());
            }
        }
        command.addAll(List.of("-levent_extra", "-levent_core", "-ljansson"));
        return command;
    }

    @Override
    public List<String> copies(ContextRequest request) {
        return List.of("COPY --from=" + Dockerfile.STAGE + " /runtime/ /");
    }

    @Override
    public List<String> entryPoint(ContextRequest request) {
        return List.of(SERVER);
    }

    @Override
    public List<String> healthCheck() {
        return List.of(Dockerfile.PROBE, "health");
    }

    /** It is up at once: who waits for it should not wait for the next check. */
    @Override
    public String healthCheckOptions(ContextRequest request) {
        return "--interval=2s --timeout=6s --start-period=5s --retries=3";
    }

    @Override
    public void addFiles(ContextRequest request, ContextFiles files) throws IOException {
        for (BundledFile file : BundledFile.OF_MOCK) {
            files.add(file.path(), file.read());
        }
        BuilderStage.addTo(request, files);
    }
}
