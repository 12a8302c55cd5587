package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** How every stage that compiles begins: the builder image, the user's certificates, the packages that it lacks. */
final class BuilderStage {
    private static final String BUILDER_IMAGE = "<backend><builderImage> (-Dbitnet.backend.builderImage)";

    private BuilderStage() {}

    /** Refuses what is not the name of an image. */
    static void check(BackendSettings backend) throws ConfigurationException {
        DockerfileText.reference(BUILDER_IMAGE, backend.builderImage());
    }

    /** FROM, and the certificates. */
    static String from(ContextRequest request) throws ConfigurationException {
        return from(request, Dockerfile.STAGE);
    }

    /** The same for a stage of another name. */
    static String from(ContextRequest request, String stage) throws ConfigurationException {
        String from = "FROM " + DockerfileText.reference(BUILDER_IMAGE, request.backend().builderImage()) + " AS "
                + stage + "\n";
        if (request.caCertificates() == null) {
            return from;
        }
        return from + "\n# Trusted in this stage only.\n"
                + "COPY " + Dockerfile.CERTIFICATES + " /tools/\n"
                + "RUN mkdir -p /etc/ssl/certs && cat /tools/" + Dockerfile.CERTIFICATES
                + " >>/etc/ssl/certs/ca-certificates.crt\n";
    }

    /** Adds what {@link #from} copies. */
    static void addTo(ContextRequest request, ContextFiles files) throws IOException {
        if (request.caCertificates() != null) {
            files.add(Dockerfile.CERTIFICATES, Files.readAllBytes(request.caCertificates()));
        }
    }

    /**
     * Installs Debian packages where one of the conditions does not hold.
     *
     * @param conditions commands of the shell
     */
    static String packages(List<String> conditions, List<String> packages) {
        return "RUN (" + String.join(" && ", conditions) + ") >/dev/null \\\n    || (apt-get update \\\n"
                + "        && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "
                + String.join(" ", packages)
                + " \\\n        && rm -rf /var/lib/apt/lists/*)\n";
    }
}
