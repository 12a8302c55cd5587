package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.registry.Credential;
import io.github.bitnetmaven.image.registry.CredentialSource;
import io.github.bitnetmaven.image.registry.RegistryAccess;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.image.source.RegistryImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One image, from every place that an image can be read from. */
class PlacesIT {
    private static final String NAME = "bitnet-it/places:1.0";

    @TempDir
    private static Path directory;

    private static Path archive;
    private static RegistryServer registry;

    @BeforeAll
    static void build() throws Exception {
        FixedImage.build(NAME, directory, "ENTRYPOINT [\"/app/bin/llama-server\"]");
        archive = directory.resolve("image.tar");
        Docker.run("save", "--output", archive.toString(), NAME);
        registry = RegistryServer.open(directory.resolve("open")).push("docker-archive:" + archive, "acme/app:1.0");
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        Docker.forget(NAME);
    }

    private static Image read(ImageSource source) throws ImageException {
        return source.read(new ReadOptions(null, true, false, List.of(), List.of()), Progress.silent());
    }

    private static CredentialSource nobody() {
        return repository -> Optional.empty();
    }

    private static CredentialSource login(String password) {
        return repository -> Optional.of(Credential.ofPassword(RegistryServer.USER, password, "the test"));
    }

    private static RegistryImageSource from(RegistryServer server, String name, CredentialSource credentials)
            throws Exception {
        return new RegistryImageSource(
                ImageReference.parse(server.host() + "/" + name),
                RegistryAccess.of(credentials, ProxySelector.of(null), false));
    }

    /** All that must not depend on the place. */
    private static List<Object> figures(Image image) throws Exception {
        Sizes sizes = Measurement.of(image, PathPatterns.including(List.of("**/*.gguf"), "test")).sizes();
        List<Object> figures = new ArrayList<>(List.of(
                image.id(),
                image.configuration(),
                sizes.unpackedBytes(),
                sizes.visibleBytes(),
                sizes.wastedBytes(),
                sizes.modelBytes(),
                sizes.withoutModelBytes(),
                sizes.layerCount(),
                sizes.fileCount()));
        for (Layer layer : image.layers()) {
            figures.add(List.of(layer.diffId(), layer.createdBy(), layer.unpackedBytes(), layer.fileCount()));
        }
        for (int i = 0; i < image.files().size(); i++) {
            figures.add(List.of(image.files().path(i), image.files().type(i), image.files().bytes(i)));
        }
        return figures;
    }

    @Test
    void allPlacesGiveTheSameFigures() throws Exception {
        Path layout = directory.resolve("layout");
        Path ociArchive = directory.resolve("oci.tar");
        RegistryServer.copy("docker-archive:" + archive, "oci:" + layout + ":1.0");
        RegistryServer.copy("docker-archive:" + archive, "oci-archive:" + ociArchive + ":1.0");
        EngineAddress address = EngineAddress.resolve(null, null, EngineAddress.Host.current());
        Image engine = read(new EngineImageSource(DockerEngine.connect(address), NAME));

        List<Object> figures = figures(engine);
        assertThat(figures).contains(2_450_000L, 2_350_000L, 100_000L, 2_000_000L, 450_000L);
        assertThat(engine.id()).isEqualTo(Docker.idOf(NAME));
        assertThat(figures(read(ArchiveSources.open(archive)))).isEqualTo(figures);
        Image fromRegistry = read(from(registry, "acme/app:1.0", nobody()));
        assertThat(figures(fromRegistry)).isEqualTo(figures);
        assertThat(fromRegistry.source()).isEqualTo(Image.SourceKind.REGISTRY);

        // Skopeo writes the configuration anew for OCI, which has another id then and no other figures.
        List<Object> rest = figures.subList(2, figures.size());
        for (Path oci : List.of(layout, ociArchive)) {
            List<Object> there = figures(read(ArchiveSources.open(oci)));
            assertThat(there.subList(2, there.size())).isEqualTo(rest);
        }
    }

    @Test
    void theFiguresDoNotDependOnHowLayersAreCompressed() throws Exception {
        registry.push("docker-archive:" + archive, "acme/zstd:1.0", "--format", "oci", "--dest-compress-format", "zstd");
        Image gzip = read(from(registry, "acme/app:1.0", nobody()));
        Image zstd = read(from(registry, "acme/zstd:1.0", nobody()));
        List<Object> figures = figures(zstd);
        assertThat(figures.subList(2, figures.size())).isEqualTo(figures(gzip).subList(2, figures.size()));
        assertThat(zstd.layers()).allSatisfy(layer -> assertThat(layer.packedBytes()).isPositive());
    }

    @Test
    void thePackedSizesAreThoseOfTheManifest() throws Exception {
        Image image = read(from(registry, "acme/app:1.0", nobody()));
        String manifest = new String(registry.manifest("acme/app", "1.0"), java.nio.charset.StandardCharsets.UTF_8);
        for (Layer layer : image.layers()) {
            assertThat(manifest.replaceAll("\\s", "")).contains("\"size\":" + layer.packedBytes() + ",");
        }
    }

    @Test
    void thePlatformIsChosenInAnIndex() throws Exception {
        byte[] manifest = registry.manifest("acme/app", "1.0");
        String descriptor = """
                {"mediaType": "application/vnd.docker.distribution.manifest.v2+json", "digest": "%s", "size": %d,
                 "platform": {"os": "%s", "architecture": "%s"}}""";
        String index = "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.index.v1+json\","
                + " \"manifests\": ["
                + descriptor.formatted(Sha256.of(manifest), manifest.length, "unknown", "unknown") + ","
                + descriptor.formatted(Sha256.of(manifest), manifest.length, "linux", "amd64") + "]}";
        registry.putIndex("acme/app", "index", index);
        RegistryImageSource source = from(registry, "acme/app:index", nobody());
        ReadOptions options = new ReadOptions("linux/amd64", false, false, List.of(), List.of());
        assertThat(source.read(options, Progress.silent()).id()).isEqualTo(Docker.idOf(NAME));
        ReadOptions other = new ReadOptions("linux/s390x", false, false, List.of(), List.of());
        assertThatThrownBy(() -> source.read(other, Progress.silent()))
                .hasMessage("No image of the index '" + registry.host() + "/acme/app:index' is for linux/s390x; there"
                        + " are linux/amd64. Choose one with bitnet.platform.");
        assertThat(source.diffIds("linux/amd64")).hasSize(4);
    }

    @Test
    void aLayerThatWasAlteredInTheStorageIsNoLayer() throws Exception {
        Path files = directory.resolve("altered");
        try (RegistryServer server = RegistryServer.open(files).push("docker-archive:" + archive, "acme/app:1.0")) {
            Image whole = read(from(server, "acme/app:1.0", nobody()));
            String manifest = new String(server.manifest("acme/app", "1.0"), java.nio.charset.StandardCharsets.UTF_8);
            String digest = manifest.replaceAll("(?s).*\"digest\": *\"(sha256:[0-9a-f]{64})\".*", "$1");
            Path blob = RegistryServer.blob(files, digest);
            byte[] bytes = Files.readAllBytes(blob);
            // The operating system in the header of gzip: what is packed is the same.
            bytes[9] ^= 1;
            Files.write(blob, bytes);
            assertThat(whole.layers()).hasSize(4);
            assertThatThrownBy(() -> read(from(server, "acme/app:1.0", nobody())))
                    .isInstanceOf(ImageException.class)
                    .hasMessage("The layer " + digest + " was altered: its digest is " + Sha256.of(bytes)
                            + ". Push the image again.");
        }
    }

    @Test
    void aPasswordOpensTheRegistryThatWantsOne() throws Exception {
        try (RegistryServer server = RegistryServer.withPassword(directory.resolve("password"))) {
            server.push(
                    "docker-archive:" + archive, "acme/app:1.0",
                    "--dest-creds", RegistryServer.USER + ":" + RegistryServer.PASSWORD);
            assertThat(read(from(server, "acme/app:1.0", login(RegistryServer.PASSWORD))).id())
                    .isEqualTo(Docker.idOf(NAME));
            assertThatThrownBy(() -> read(from(server, "acme/app:1.0", nobody())))
                    .hasMessage("The registry " + server.host() + " wants a login to read acme/app, or has no such"
                            + " repository. Log in with \"docker login " + server.host() + "\", or give Maven's"
                            + " settings.xml a <server> with the <id>" + server.host() + "</id>, a <username> and a"
                            + " <password>.");
            assertThatThrownBy(() -> read(from(server, "acme/app:1.0", login("wrong"))))
                    .hasMessageStartingWith(
                            "The registry " + server.host() + " does not let the login of the test read acme/app.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public/app", "acme/app"})
    void aTokenOpensTheRegistryThatWantsOne(String repository) throws Exception {
        Path files = directory.resolve(repository.replace('/', '-'));
        try (TokenServer tokens = new TokenServer(files);
                RegistryServer server = RegistryServer.withTokens(tokens, files)) {
            server.push(
                    "docker-archive:" + archive, repository + ":1.0",
                    "--dest-creds", RegistryServer.USER + ":" + RegistryServer.PASSWORD);
            tokens.asked().clear();
            boolean open = repository.startsWith("public/");
            CredentialSource credentials = open ? nobody() : login(RegistryServer.PASSWORD);
            assertThat(read(from(server, repository + ":1.0", credentials)).id()).isEqualTo(Docker.idOf(NAME));
            assertThat(tokens.asked())
                    .containsExactly((open ? "anybody" : RegistryServer.USER) + " repository:" + repository + ":pull");
            if (!open) {
                assertThatThrownBy(() -> read(from(server, repository + ":1.0", nobody())))
                        .hasMessageContaining(" wants a login to read acme/app, or has no such repository.");
            }
        }
    }
}
