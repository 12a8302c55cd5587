package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an image whose containers download the model needs: a stage that compiles {@code src/fetch}, the environment that
 * says what to download, and an entry point that does so first. A stage of its own: neither does a new backend compile
 * it again, nor does it change the backend's layer.
 */
final class FetchSection {
    /** When the containers' health check is first taken seriously: a slow line needs an hour for a gigabyte. */
    static final String START_PERIOD = "--start-period=3600s";

    private static final String STAGE = "fetch";
    private static final String PROGRAM = "/app/bin/bitnet-fetch";
    private static final List<String> CONDITIONS =
            List.of("command -v go", "[ -e /usr/share/ca-certificates/mozilla ]");
    private static final List<String> PACKAGES = List.of("golang-go", "ca-certificates");

    private FetchSection() {}

    /** The stage. */
    static String text(ContextRequest request) throws ConfigurationException {
        return "# This stage compiles what downloads the model when a container starts.\n"
                + BuilderStage.from(request, STAGE)
                + "\n# Go, and the certificates that everybody trusts, unless the builder image brings them.\n"
                + BuilderStage.packages(CONDITIONS, PACKAGES)
                + "\nCOPY fetch/ /tools/fetch/\n"
                + "WORKDIR /tools/fetch\n"
                + "# Debian's certificates are compiled in; yours are not among them. The directory of models can be"
                + " written to\n# by every user, so that a new volume can be, too.\n"
                + "RUN cat /usr/share/ca-certificates/mozilla/*.crt >roots.pem \\\n"
                + "    && CGO_ENABLED=0 GOFLAGS=-mod=mod GOCACHE=/tmp/go go build -trimpath -ldflags '-s -w -buildid=' -o"
                + " /runtime" + PROGRAM + " . \\\n"
                + "    && rm -rf /tmp/go \\\n"
                + "    && mkdir -p /runtime/app/models \\\n"
                + "    && chmod 1777 /runtime/app/models \\\n"
                + "    && find /runtime -exec touch -h -d @1 {} +\n";
    }

    /** Below the backend: it changes least. */
    static String copy() {
        return "COPY --from=" + STAGE + " /runtime/ /\n";
    }

    /** Lines of ENV, each with a continuation at its end. */
    static String environment(ModelDownload download) throws ConfigurationException {
        return "BITNET_MODEL_URL=" + DockerfileText.quoted("<model><url> (-Dbitnet.model.url)", download.url())
                + " \\\n    BITNET_MODEL_SHA256="
                + DockerfileText.quoted("<model><sha256> (-Dbitnet.model.sha256)", download.sha256())
                + " \\\n    BITNET_MODEL_BYTES=\"" + (download.bytes() < 0 ? "" : download.bytes())
                + "\" \\\n    ";
    }

    /** Puts the download before the entry point that the image would have without it. */
    static List<String> entryPoint(List<String> withoutDownload) {
        return Stream.concat(Stream.of(PROGRAM), withoutDownload.stream()).toList();
    }

    static void addTo(ContextFiles files) {
        for (BundledFile file : BundledFile.OF_FETCH) {
            files.add(file.path(), file.read());
        }
    }
}
