package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void aHostWithAPortIsTheRegistry() throws Exception {
        assertThat(ImageReference.parse("localhost:5000/acme/bitnet:1.0"))
                .isEqualTo(new ImageReference("localhost:5000", "acme/bitnet", "1.0", null));
    }

    @Test
    void aFirstComponentWithoutADotOrAPortIsPartOfTheRepository() throws Exception {
        assertThat(ImageReference.parse("acme/bitnet")).isEqualTo(new ImageReference(null, "acme/bitnet", null, null));
    }

    @Test
    void aNumberAfterTheLastColonIsATagWhenNoSlashFollows() throws Exception {
        assertThat(ImageReference.parse("localhost:5000"))
                .isEqualTo(new ImageReference(null, "localhost", "5000", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "a:b", "debian:bookworm-slim", "a__b/c-d.e/f", "a--b", "docker.io/library/x:1.0-SNAPSHOT",
                "[::1]:5000/a", "127.0.0.1/a:_x"
            })
    void whatDockerAcceptsIsKeptAsItIs(String text) throws Exception {
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @Test
    void aDigestIsKept() throws Exception {
        String text = "debian:12@sha256:" + HEX;
        assertThat(ImageReference.parse(text)).hasToString(text);
        assertThat(ImageReference.parse(text).digest()).isEqualTo("sha256:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "Acme", "Acme/a", "acme/Bitnet", "a b", "a:", "a:b:c/d", "a//b", "/a", "a/", "a:-x", "-a", "a___b",
                "a..b", "a\nb", "a:1\n", "a@sha256:00", "a@", "host:port/a", "http://x/a", "a:x+y", "$a", "a:$b"
            })
    void whatDockerRefusesIsRefused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageMatching("'.*' is not a name that Docker accepts for an image: .*\\.");
    }

    @Test
    void anIdIsNotAName() {
        assertThatThrownBy(() -> ImageReference.parse(HEX))
                .hasMessage("'" + HEX + "' is not a name that Docker accepts for an image: 64 hexadecimal digits are"
                        + " the id of an image, not a name.");
    }

    @Test
    void aTagHoldsAtMost128Characters() throws Exception {
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).hasSize(128);
        assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
                .hasMessageContaining("is not 1 to 128 letters, digits, '_', '.' and '-'");
    }

    @Test
    void aNameHoldsAtMost255Characters() {
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(256)))
                .hasMessageContaining("it is longer than 255 characters");
    }

    @Test
    void aHugeNameIsRefusedQuicklyAndShownCut() {
        assertThatThrownBy(() -> ImageReference.parse("a-".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void aControlCharacterIsShownEscaped() {
        assertThatThrownBy(() -> ImageReference.parse("a\u001b[1m"))
                .hasMessageContaining("a\\u001b[1m")
                .hasMessageNotContaining("\u001b");
    }
}
