package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.model.ModelFile;
import io.github.bitnetmaven.model.ModelImage;
import io.github.bitnetmaven.model.ModelResolver;
import io.github.bitnetmaven.smoke.SmokeRequest.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a container needs from outside before it can serve, by where its model is.
 *
 * @param mounts a model that is mounted; for one that is downloaded, room for it, and the certificates that are trusted
 * @param environment for a download: the way to the network, and the token, which are this build's own
 */
record ContainerSurroundings(List<Mount> mounts, Map<String, String> environment) {
    private static final List<String> NETWORK = List.of("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY");
    private static final List<String> HUB = List.of("HF_TOKEN", "HF_ENDPOINT");
    private static final String CERTIFICATES = "/app/ca-certificates.pem";

    /** @param environment of this process */
    static ContainerSurroundings of(BuildInput input, Wiring wiring, Map<String, String> environment)
            throws BitnetException {
        if (!input.image().variant().hasModel() || input.model().placement() == Placement.EMBEDDED) {
            return new ContainerSurroundings(List.of(), Map.of());
        }
        if (input.model().placement() == Placement.DOWNLOAD) {
            return download(input.caCertificates(), environment);
        }
        ModelResolver resolver = wiring.modelResolver(input.caCertificates());
        ModelFile model = resolver.resolve(input.model().origin(), wiring.progress());
        String target = ModelImage.MODEL_DIRECTORY + "/" + resolver.fileName(input.model().origin());
        return new ContainerSurroundings(List.of(new Mount(model.file().toString(), target)), Map.of());
    }

    /** For a container that downloads. */
    static ContainerSurroundings download(
            @Nullable Path certificates, Map<String, String> environment) {
        List<Mount> mounts = new ArrayList<>(List.of(Mount.temporary(ModelImage.MODEL_DIRECTORY)));
        Map<String, String> passed = new TreeMap<>();
        for (String name : HUB) {
            copy(name, name, environment, passed);
        }
        for (String name : NETWORK) {
            copy(name.toLowerCase(Locale.ROOT), name, environment, passed);
            copy(name, name, environment, passed);
        }
        if (certificates != null) {
            mounts.add(new Mount(certificates.toAbsolutePath().toString(), CERTIFICATES));
            passed.put("SSL_CERT_FILE", CERTIFICATES);
        }
        return new ContainerSurroundings(mounts, passed);
    }

    private static void copy(String from, String to, Map<String, String> environment, Map<String, String> passed) {
        String value = environment.getOrDefault(from, "");
        if (!value.isEmpty()) {
            passed.put(to, value);
        }
    }
}
