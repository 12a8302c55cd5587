package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import java.io.IOException;
import java.util.List;

/** The backend's own server, behind the probe. */
final class NativeVariant implements VariantDockerfile {
    @Override
    public void check(ImageSettings image, BackendSettings backend) throws ConfigurationException {
        BackendSection.check(backend);
    }

    @Override
    public List<String> stageKeys(ContextRequest request) {
        return List.of(plan(request).key());
    }

    @Override
    public String stageOne(ContextRequest request) throws ConfigurationException {
        return new BackendSection(request, plan(request)).text();
    }

    @Override
    public List<String> copies(ContextRequest request) {
        return List.of("COPY --from=" + Dockerfile.STAGE + " /runtime/ /");
    }

    @Override
    public List<String> entryPoint(ContextRequest request) {
        return List.of(Dockerfile.PROBE, "serve", "/app/bin/" + Dockerfile.SERVER);
    }

    @Override
    public List<String> healthCheck() {
        return List.of(Dockerfile.PROBE, "health");
    }

    @Override
    public void addFiles(ContextRequest request, ContextFiles files) throws IOException {
        new BackendSection(request, plan(request)).addTo(files);
    }

    private static BackendPlan plan(ContextRequest request) {
        return request.requiredPlan();
    }
}
