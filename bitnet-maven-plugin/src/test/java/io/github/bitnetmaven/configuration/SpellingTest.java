package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("backend", "budgets", "image", "model");

    @Test
    void theNearestWordIsFoundUpToTwoEditsAway() {
        assertThat(Spelling.nearest("bakend", KNOWN)).contains("backend");
        assertThat(Spelling.nearest("imag", KNOWN)).contains("image");
        assertThat(Spelling.nearest("modle", KNOWN)).contains("model");
    }

    @Test
    void aFarWordHasNoNearest() {
        assertThat(Spelling.nearest("port", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("x".repeat(100_000), KNOWN)).isEmpty();
        assertThat(Spelling.nearest("image", List.of())).isEmpty();
    }
}
