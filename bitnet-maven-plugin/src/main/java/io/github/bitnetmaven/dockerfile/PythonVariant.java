package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Python server, ours ({@code src/server}) or the user's, in front of the backend. */
final class PythonVariant implements VariantDockerfile {
    /** The stage that installs the packages; it starts from the image's base, for the same Python and the same libc. */
    private static final String PACKAGES_STAGE = "packages";

    private static final String MODULE = "bitnet_server";
    private static final String PACKAGES = "/app/packages";
    private static final String SERVER = "/app/server";
    private static final String REQUIREMENTS = "requirements.txt";
    /** Of pip: where an organisation has its own index. None of them is in the image, nor in its history. */
    private static final List<String> PIP_SETTINGS = List.of("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST");

    @Override
    public void check(ImageSettings image, BackendSettings backend) throws ConfigurationException {
        if (image.baseImage().equals("scratch")) {
            throw PythonBase.without(image.baseImage());
        }
        BackendSection.check(backend);
    }

    @Override
    public void checkBase(ImageSettings image, Engine engine, Progress progress) throws BitnetException {
        PythonBase.check(image.baseImage(), engine, progress);
    }

    @Override
    public List<String> stageKeys(ContextRequest request) {
        return List.of(request.requiredPlan().key(), packagesKey());
    }

    /** Of what is installed alone: it must not be installed again because something else changed. */
    private static String packagesKey() {
        return BundledFile.sha256(List.of(BundledFile.INSTALL, BundledFile.REQUIREMENTS));
    }

    @Override
    public String stageOne(ContextRequest request) throws ConfigurationException {
        boolean certificates = request.caCertificates() != null;
        List<String> tools = new ArrayList<>(List.of(BundledFile.INSTALL.fileName(), REQUIREMENTS));
        List<String> install = new ArrayList<>(List.of(
                "python3", "/tools/install.py", "packages", "--requirements", "/tools/" + REQUIREMENTS, "--root",
                "/python", "--into", PACKAGES.substring(1)));
        if (certificates) {
            tools.add(Dockerfile.CERTIFICATES);
            install.addAll(List.of("--certificates", "/tools/" + Dockerfile.CERTIFICATES));
        }
        return new BackendSection(request, request.requiredPlan()).text()
                + "\n# Its second part installs the Python packages, each checked by its hash, with the Python that will import"
                + " them.\n# Nothing of it reaches the image but " + PACKAGES + ".\n"
                + "FROM " + DockerfileText.reference("<image><baseImage> (-Dbitnet.baseImage)", request.image().baseImage())
                + " AS " + PACKAGES_STAGE + "\n"
                + "USER 0\n"
                + "# Another index than PyPI: -Ddocker.buildArg.PIP_INDEX_URL=https://...\n"
                + String.join("", PIP_SETTINGS.stream().map(name -> "ARG " + name + "\n").toList())
                + "LABEL " + Dockerfile.STAGE_LABEL + "=\"" + packagesKey() + "\"\n"
                + "COPY " + String.join(" ", tools) + " /tools/\n"
                + "RUN " + DockerfileText.execForm(install) + "\n"
                + "# A server that cannot be imported is found out here.\n"
                + "COPY server/ /\n"
                + "RUN "
                + DockerfileText.execForm(List.of(
                        "python3", "/tools/install.py", "check", "--packages", "/python" + PACKAGES, "--server", SERVER,
                        module(request)))
                + "\n";
    }

    private static String module(ContextRequest request) {
        Path script = request.image().server().script();
        return script == null ? MODULE : String.valueOf(script.getFileName());
    }

    @Override
    public List<String> copies(ContextRequest request) {
        return List.of(
                "COPY --from=" + PACKAGES_STAGE + " /python/ /",
                "COPY --from=" + Dockerfile.STAGE + " /runtime/ /",
                "# Last, because it changes most.",
                "COPY server/ /");
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PYTHONPATH", PACKAGES + ":" + SERVER);
        // The root file system may be read-only, and is not ours to write to.
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONUNBUFFERED", "1");
        return environment;
    }

    @Override
    public List<String> entryPoint(ContextRequest request) {
        List<String> command = new ArrayList<>(List.of(Dockerfile.PROBE, "run", "python3"));
        Path script = request.image().server().script();
        command.addAll(script == null ? List.of("-m", MODULE) : List.of(SERVER + "/" + module(request)));
        return command;
    }

    @Override
    public List<String> healthCheck() {
        return List.of(Dockerfile.PROBE, "health");
    }

    @Override
    public void addFiles(ContextRequest request, ContextFiles files) throws IOException {
        new BackendSection(request, request.requiredPlan()).addTo(files);
        BuilderStage.addTo(request, files);
        files.add(BundledFile.INSTALL.fileName(), BundledFile.INSTALL.read());
        Path requirements = request.image().server().requirements();
        files.add(
                REQUIREMENTS,
                requirements == null ? BundledFile.REQUIREMENTS.read() : Files.readAllBytes(requirements));
        Path script = request.image().server().script();
        if (script == null) {
            for (BundledFile file : BundledFile.OF_SERVER) {
                files.add("server/app/" + file.path(), file.read());
            }
        } else {
            files.add("server" + SERVER + "/" + script.getFileName(), Files.readAllBytes(script));
        }
    }
}
