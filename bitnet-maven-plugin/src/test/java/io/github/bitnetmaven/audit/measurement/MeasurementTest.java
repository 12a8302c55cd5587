package io.github.bitnetmaven.audit.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.component.Components;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final TestImage image = new TestImage();

    private Measurement measured() throws BitnetException {
        return Measurement.of(image.build(), PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"));
    }

    @Test
    void anImageIsTheSumOfItsLayers() throws BitnetException {
        image.baseLayer("base").file("etc/passwd", 100).file("usr/lib/libc.so", 2_000);
        image.layer("COPY m.gguf /m.gguf").file("m.gguf", 50_000);
        image.layer("RUN x").file("etc/passwd", 150).whiteout("usr/lib").symbolicLink("bin", "usr/bin");

        assertThat(measured().sizes())
                .isEqualTo(new Sizes(52_257, 50_157, 2_100, 50_000, 2_257, 50_157, null, 3, 3));
    }

    @Test
    void aModelThatALaterLayerCopiesAgainIsChargedOnceToTheRest() throws BitnetException {
        image.layer("COPY m.gguf /m.gguf").file("m.gguf", 1_000);
        image.layer("RUN chmod 644 /m.gguf").file("m.gguf", 1_000);

        Sizes sizes = measured().sizes();

        assertThat(sizes.unpackedBytes()).isEqualTo(2_000);
        assertThat(sizes.modelBytes()).isEqualTo(1_000);
        assertThat(sizes.withoutModelBytes()).isEqualTo(1_000);
        assertThat(sizes.wastedBytes()).isEqualTo(1_000);
    }

    @Test
    void aModelUnderTwoPathsIsChargedOnceToTheRest() throws BitnetException {
        image.layer("COPY . /").file("a/m.gguf", 1_000, "weights").file("b/m.gguf", 1_000, "weights");

        Measurement measurement = measured();

        assertThat(measurement.sizes().modelBytes()).isEqualTo(1_000);
        assertThat(measurement.sizes().withoutModelBytes()).isEqualTo(1_000);
        assertThat(measurement.sizes().wastedBytes()).isZero();
        assertThat(Components.of(measurement).all())
                .containsExactly(new Component("duplicate model", 1_000, 1), new Component("model", 1_000, 1));
    }

    @Test
    void twoModelsOfTheSameSizeAreTwoModels() throws BitnetException {
        image.layer("COPY . /").file("a.gguf", 1_000, "weights").file("b.gguf", 1_000, "others");

        assertThat(measured().sizes().modelBytes()).isEqualTo(2_000);
    }

    @Test
    void ofThreeFilesOfOneSizeOnlyTheCopyIsADuplicate() throws BitnetException {
        image.layer("COPY . /")
                .file("a.gguf", 1_000, "weights")
                .file("b.gguf", 1_000, "others")
                .file("c.gguf", 1_000, "others");

        Measurement measurement = measured();

        assertThat(measurement.sizes().modelBytes()).isEqualTo(2_000);
        assertThat(measurement.isDuplicateModel(2)).isTrue();
    }

    @Test
    void twoModelsOfTheSameSizeNeedTheirContents() {
        image.layer("COPY . /").file("a.gguf", 1_000).file("b.gguf", 1_000);
        image.contentsNotRead();

        assertThatThrownBy(this::measured)
                .isInstanceOf(ContentsNeededException.class)
                .hasMessage("Cannot tell whether /b.gguf and /a.gguf are the same model, since the contents were not"
                        + " read.");
    }

    @Test
    void oneModelDoesNotNeedItsContents() throws BitnetException {
        image.layer("COPY . /").file("a.gguf", 1_000).file("b.gguf", 2_000);
        image.contentsNotRead();

        assertThat(measured().sizes().modelBytes()).isEqualTo(3_000);
    }

    @Test
    void aHardLinkedModelCountsOnceWhicheverPathMatches() throws BitnetException {
        image.layer("COPY . /").file("z/blob", 1_000).hardLink("m/m.gguf", "z/blob").hardLink("n/m", "z/blob");

        Measurement measurement = measured();

        assertThat(measurement.sizes().modelBytes()).isEqualTo(1_000);
        assertThat(measurement.sizes().withoutModelBytes()).isZero();
        assertThat(measurement.modelBytes(0)).isEqualTo(1_000);
        assertThat(measurement.isModel(0, 0)).isTrue();
    }

    @Test
    void bytesThatOnlyAHardLinkStillReachesAreVisible() throws BitnetException {
        image.layer("COPY . /").file("a", 1_000).hardLink("b", "a").file("c", 10);
        image.layer("RUN rm a c").whiteout("a").whiteout("c");

        Measurement measurement = measured();

        assertThat(measurement.sizes().wastedBytes()).isEqualTo(10);
        assertThat(measurement.isVisible(0, 0)).isTrue();
        assertThat(measurement.isVisible(0, 2)).isFalse();
    }

    @Test
    void aLinkToAModelIsNoModel() throws BitnetException {
        image.layer("COPY . /").file("blob", 1_000).symbolicLink("m.gguf", "blob");

        assertThat(measured().sizes().modelBytes()).isZero();
    }

    @Test
    void packedBytesAreKnownOnlyIfEveryLayerTellsThem() throws BitnetException {
        image.layer("a").file("a", 10).packed(4);
        image.layer("b").file("b", 10).packed(5);
        assertThat(measured().sizes().packedBytes()).isEqualTo(9);

        image.layer("c").file("c", 10);
        assertThat(measured().sizes().packedBytes()).isNull();
    }

    @Test
    void layersThatAddUpToMoreThanTheWorldAreRefused() {
        image.layer("a").file("a", Long.MAX_VALUE);
        image.layer("b").file("b", 1);
        image.layer("c").whiteout("a");

        assertThatThrownBy(this::measured)
                .isInstanceOf(MeasurementException.class)
                .hasMessage("The layers of acme/bitnet:1.0 add up to more than 8 EiB, which no image can hold. The"
                        + " archive is damaged or made to deceive.");
    }

    @Test
    void componentsAddUpToTheVisibleBytes() throws BitnetException {
        image.baseLayer("base").file("etc/passwd", 100).file("usr/lib/libc.so", 2_000);
        image.layer("COPY").file("app/models/m.gguf", 50_000).file("app/bin/llama-server", 4_000);
        image.layer("RUN").file("app/lib/libggml.so", 800).file("var/log", 7).whiteout("etc/passwd");

        Measurement measurement = measured();
        List<Component> components = Components.of(measurement).all();

        assertThat(components)
                .containsExactly(
                        new Component("model", 50_000, 1),
                        new Component("backend", 4_800, 2),
                        new Component("base", 2_000, 1),
                        new Component("other", 7, 1));
        assertThat(components.stream().mapToLong(Component::bytes).sum())
                .isEqualTo(measurement.sizes().visibleBytes());
    }
}
