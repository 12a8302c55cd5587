package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.configuration.ImageReference;
import org.junit.jupiter.api.Test;

class ImageBuilderTest {
    private static final String MARK = "building-0123abcd";

    @Test
    void anImageIsBuiltUnderATagOfItsOwn() throws Exception {
        assertThat(temporary("registry:5000/acme/bitnet:1.0")).isEqualTo("registry:5000/acme/bitnet:1.0-" + MARK);
        assertThat(temporary("acme/bitnet")).isEqualTo("acme/bitnet:latest-" + MARK);
    }

    @Test
    void theLongestTagStillHasRoomForTheMark() throws Exception {
        String name = temporary("acme/bitnet:" + "t".repeat(128));
        assertThat(ImageReference.parse(name).tag()).hasSize(128).endsWith("t-" + MARK);
    }

    private static String temporary(String name) throws Exception {
        return ImageBuilder.temporaryName(ImageReference.parse(name), MARK);
    }
}
