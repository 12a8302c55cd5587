package io.github.bitnetmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.LayerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading from registries, those too that misbehave. That real ones are read, {@code RegistryIT} tells. */
@Timeout(60)
class RegistryTest {
    /** The first layer does not compress: it is read ahead on a thread of its own. */
    private final ArchiveBuilder image = new ArchiveBuilder()
            .packed(Packing.GZIP)
            .layer(new LayerBuilder("COPY model").file("model.gguf", 900_000))
            .layer(new LayerBuilder("COPY server").file("bin/server", 3000).whiteout("model.gguf"));

    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void layersAreReadHoweverTheyAreCompressed(Packing packing) throws Exception {
        image.packed(packing);
        Image read = registry.serve("1", image).read("1");
        assertThat(read.source()).isEqualTo(Image.SourceKind.REGISTRY);
        assertThat(read.name()).isEqualTo(registry.host() + "/acme/app:1");
        assertThat(read.id()).isEqualTo(image.id());
        assertThat(read.layers()).extracting(Layer::diffId).isEqualTo(image.diffIds());
        assertThat(read.layers()).extracting(Layer::unpackedBytes).containsExactly(900_000L, 3000L);
        assertThat(read.layers())
                .extracting(Layer::packedBytes)
                .containsExactlyElementsOf(image.blobs().stream().map(b -> (long) b.length).toList());
        assertThat(read.files().visibleBytes()).isEqualTo(3000);
        assertThat(read.uncheckedDigests()).isEmpty();
    }

    @Test
    void aLayerThatIsThereTwiceIsFetchedOnce() throws Exception {
        LayerBuilder layer = new LayerBuilder().file("a", 100);
        ArchiveBuilder twice = new ArchiveBuilder().layer(layer).layer(layer);
        assertThat(registry.serve("1", twice).read("1").layers()).hasSize(2);
        assertThat(registry.requests()).containsOnlyOnce(FakeRegistry.blobPath(layer.bytes()));
    }

    @Test
    void theImageForThePlatformIsTakenFromTheIndexAndNoOtherIsFetched() throws Exception {
        ArchiveBuilder other = new ArchiveBuilder()
                .platform("linux", "arm64")
                .layer(new LayerBuilder().file("other", 10));
        registry.serve(image).manifest("1", index(image, other));
        assertThat(registry.read(":1", "linux/amd64", FakeRegistry.nobody()).id()).isEqualTo(image.id());
        registry.serve(other);
        assertThat(registry.read(":1", "linux/arm64/v8", FakeRegistry.nobody()).id()).isEqualTo(other.id());
    }

    @Test
    void attestationsAreNoImages() throws Exception {
        Map<String, Object> attestation = image.descriptor(new byte[] {1});
        attestation.put("platform", Map.of("os", "unknown", "architecture", "unknown"));
        byte[] index = ArchiveBuilder.index(List.of(attestation, image.descriptor(image.manifest())));
        assertThat(registry.serve(image).manifest("1", index).read("1").id()).isEqualTo(image.id());
    }

    @Test
    void anIndexWithoutAFittingPlatformTellsThoseItHas() {
        ArchiveBuilder other = new ArchiveBuilder().platform("linux", "arm64");
        registry.manifest("1", index(image, other));
        assertThatThrownBy(() -> registry.read(":1", "linux/s390x", FakeRegistry.nobody()))
                .isInstanceOf(ImageException.class)
                .hasMessage("No image of the index '" + registry.host() + "/acme/app:1' is for linux/s390x; there are"
                        + " linux/amd64, linux/arm64. Choose one with bitnet.platform.");
    }

    @Test
    void anIndexThatLeadsToItselfIsGivenUp() {
        // Its digest cannot be its own, so a hostile registry would answer with another; that is found out first.
        byte[] index = ArchiveBuilder.index(
                List.of(ArchiveBuilder.descriptor("application/vnd.oci.image.index.v1+json", new byte[] {1})));
        registry.manifest("1", index).manifest(Sha256.of(new byte[] {1}), index);
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The manifest of 'acme/app@" + Sha256.of(new byte[] {1}) + "' was altered: its digest is "
                        + Sha256.of(index) + ", not " + Sha256.of(new byte[] {1})
                        + ". Try again, or push the image again.");
    }

    @Test
    void thePlatformOfASingleImageIsCheckedBeforeItsLayersAreRead() {
        registry.serve("1", image);
        assertThatThrownBy(() -> registry.read(":1", "linux/arm64", FakeRegistry.nobody()))
                .hasMessage("The image is for linux/amd64, not for linux/arm64 (bitnet.platform). Ask for a platform"
                        + " that it has.");
        assertThat(registry.requests()).doesNotContain(FakeRegistry.blobPath(image.blobs().get(0)));
    }

    @Test
    void anImageMayBeNamedByItsDigestWhichIsChecked() throws Exception {
        String digest = Sha256.of(image.manifest());
        assertThat(registry.serve(image).read("@" + digest, null, FakeRegistry.nobody()).id()).isEqualTo(image.id());
        registry.manifest(digest, new ArchiveBuilder().manifest());
        assertThatThrownBy(() -> registry.read("@" + digest, null, FakeRegistry.nobody()))
                .hasMessageStartingWith("The manifest of 'acme/app@" + digest + "' was altered: its digest is ");
    }

    @Test
    void thereIsNoImageOfThatName() {
        assertThatThrownBy(() -> registry.read("2"))
                .hasMessage("The registry " + registry.host() + " has no image 'acme/app:2'. Push it first, or check its"
                        + " name.");
    }

    @Test
    void aConnectionThatBreaksIsTakenUpWhereItBrokeOff() throws Exception {
        byte[] blob = image.blobs().get(0);
        AtomicInteger asked = new AtomicInteger();
        registry.serve("1", image).at(FakeRegistry.blobPath(blob), exchange -> {
            if (asked.getAndIncrement() == 0) {
                FakeRegistry.cutOff(exchange, blob, 400_000);
                return;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
            FakeRegistry.bytes(exchange, 206, java.util.Arrays.copyOfRange(blob, from, blob.length));
        });
        assertThat(registry.read("1").layers().get(0).unpackedBytes()).isEqualTo(900_000);
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLayerThatIsAlwaysCutOffIsNeverASmallerOne(int layer) {
        byte[] blob = image.blobs().get(layer);
        registry.serve("1", image)
                .at(FakeRegistry.blobPath(blob), exchange -> FakeRegistry.cutOff(exchange, blob, 100));
        assertThatThrownBy(() -> registry.read("1"))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("'" + Sha256.of(blob) + "' cannot be read: it broke off 4 times, at last after ")
                .hasMessageEndingWith("; try again.");
    }

    @Test
    void aLayerWithOtherBytesIsRefused() {
        byte[] blob = image.blobs().get(1);
        byte[] other = blob.clone();
        // The operating system in the header of gzip: the layer within is the same.
        other[9] ^= 1;
        registry.serve("1", image).at(FakeRegistry.blobPath(blob), exchange -> FakeRegistry.bytes(exchange, 200, other));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The layer " + Sha256.of(blob) + " was altered: its digest is " + Sha256.of(other)
                        + ". Push the image again.");
    }

    @Test
    void aConfigurationWithOtherBytesIsRefused() {
        byte[] other = image.configuration().clone();
        other[other.length - 1] = ' ';
        registry.serve("1", image)
                .at(FakeRegistry.blobPath(image.configuration()), exchange -> FakeRegistry.bytes(exchange, 200, other));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The image's configuration was altered: its digest is " + Sha256.of(other) + ", not "
                        + image.id() + ". Try again, or push the image again.");
    }

    @Test
    void aLayerOfAnotherLengthThanItsDescriptorSaysIsRefused() {
        byte[] blob = image.blobs().get(1);
        registry.serve("1", image)
                .at(FakeRegistry.blobPath(blob), exchange -> FakeRegistry.bytes(exchange, 200, new byte[5]));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("'" + Sha256.of(blob) + "' cannot be read: The registry " + registry.host()
                        + " offers 5 bytes as the blob " + Sha256.of(blob) + ", but its descriptor says " + blob.length
                        + ". Push the image again.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLayerWithoutAnEndIsGivenUpAtTheLengthOfItsDescriptor(int layer) {
        byte[] blob = image.blobs().get(layer);
        registry.serve("1", image)
                .at(FakeRegistry.blobPath(blob), exchange -> FakeRegistry.endless(exchange, blob));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("'" + Sha256.of(blob) + "' cannot be read: it has more than the " + blob.length
                        + " bytes that its descriptor says.");
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        byte[] blob = image.blobs().get(0);
        registry.serve("1", image).at(FakeRegistry.blobPath(blob), exchange -> {
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                return;
            }
        });
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessageContaining("(nothing came for 1 seconds)");
    }

    @Test
    void aManifestThatIsTooLongIsRefused() {
        registry.at("/v2/acme/app/manifests/1", exchange -> FakeRegistry.endless(exchange, new byte[] {'{'}));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The manifest of 'acme/app:1' is longer than 8388608 bytes, which none needs.");
    }

    @Test
    void aConfigurationThatIsTooLongIsNotFetched() throws Exception {
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8)
                .replaceFirst("\"size\":\\d+", "\"size\":99999999999");
        registry.manifest("1", manifest.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The image's configuration " + image.id() + " has 99999999999 bytes, as its manifest says;"
                        + " no image needs more than 8388608.");
    }

    @Test
    void whatIsNoManifestIsRefused() {
        registry.manifest("1", "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessageStartingWith("The manifest of '" + registry.host() + "/acme/app:1' is not JSON: ");
        registry.manifest("2", "{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.read("2"))
                .hasMessage("'" + registry.host() + "/acme/app:2' has a manifest of Docker's schema 1, which does not"
                        + " tell the sizes of its layers. Push the image again with a current version of Docker.");
        registry.manifest("3", "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.read("3"))
                .hasMessage("'" + registry.host() + "/acme/app:3' is no image: its manifest has neither layers nor"
                        + " manifests.");
    }

    @Test
    void aForeignLayerThatTheRegistryLacksIsNamed() {
        Map<String, Object> layer = ArchiveBuilder.descriptor("x", image.blobs().get(0));
        layer.put("urls", List.of("https://example.org/layer"));
        byte[] manifest = ArchiveBuilder.json(Map.of(
                "config", ArchiveBuilder.descriptor("x", image.configuration()),
                "layers", List.of(layer, ArchiveBuilder.descriptor("x", image.blobs().get(1)))));
        registry.serve(image).manifest("1", manifest);
        registry.at(FakeRegistry.blobPath(image.blobs().get(0)), exchange -> FakeRegistry.status(exchange, 404));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The layer " + Sha256.of(image.blobs().get(0)) + " is not in the registry: it is to be"
                        + " fetched from a URL (a foreign layer). Pull the image with its foreign layers, and audit it"
                        + " from the engine.");
    }

    @Test
    void redirectsThatNeverEndAreGivenUp() {
        registry.at("/v2/acme/app/manifests/1", exchange -> FakeRegistry.redirect(exchange, "/v2/acme/app/manifests/1"));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The registry's server " + registry.host() + " redirected a request more than 5 times. Check"
                        + " the address of the registry, and the proxy if there is one.");
    }

    @Test
    void aRedirectToPlainHttpOnAnotherMachineIsRefused() {
        registry.at(
                "/v2/acme/app/manifests/1", exchange -> FakeRegistry.redirect(exchange, "http://registry.invalid/x"));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The registry's server " + registry.host() + " redirected a request to an address that is"
                        + " not HTTPS, or none at all. Check the address of the registry.");
    }

    @Test
    void whatMayPassIsTriedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        FakeRegistry.Answer answer = registry.serve("1", image).answerAt("/v2/acme/app/manifests/1");
        registry.at("/v2/acme/app/manifests/1", exchange -> {
            int status = switch (asked.incrementAndGet()) {
                case 1 -> 429;
                case 2 -> 503;
                default -> 200;
            };
            if (status == 200) {
                answer.to(exchange);
            } else {
                FakeRegistry.status(exchange, status);
            }
        });
        assertThat(registry.read("1").id()).isEqualTo(image.id());
        assertThat(asked).hasValue(3);
    }

    @Test
    void aRegistryThatAlwaysFailsIsGivenUp() {
        byte[] error = "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"\\u001b[2J\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        registry.at("/v2/acme/app/manifests/1", exchange -> FakeRegistry.bytes(exchange, 429, error));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The registry " + registry.host() + " answered with status 429 (TOOMANYREQUESTS): it limits"
                        + " how often images are read. Try again later, or log in.");
        registry.at("/v2/acme/app/manifests/2", exchange -> FakeRegistry.status(exchange, 500));
        assertThatThrownBy(() -> registry.read("2"))
                .hasMessage("The registry " + registry.host() + " answered with status 500. Try again later.");
        assertThat(registry.requests().stream().filter(r -> r.endsWith("/2"))).hasSize(5);
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        String host = registry.host();
        FakeRegistry gone = registry;
        gone.close();
        assertThatThrownBy(() -> gone.read("1"))
                .hasMessageStartingWith("The registry's server " + host + " does not answer: ")
                .hasMessageEndingWith(". Check the name of the image, the network, and the proxy if there is one.");
    }

    private static byte[] index(ArchiveBuilder... images) {
        return ArchiveBuilder.index(
                java.util.Arrays.stream(images).map(i -> i.descriptor(i.manifest())).toList());
    }
}
