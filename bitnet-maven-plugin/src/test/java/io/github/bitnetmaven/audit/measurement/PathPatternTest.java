package io.github.bitnetmaven.audit.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "**/*.gguf, app/models/m.gguf, true",
        "**/*.gguf, m.gguf, true",
        "/**/*.gguf, app/m.gguf, true",
        "*.gguf, app/m.gguf, false",
        "/usr/lib/**, usr/lib/x86_64/libc.so.6, true",
        "/usr/lib/**, usr/lib, true",
        "/usr/lib/, usr/lib/a, true",
        "/usr/lib/**, usr/libexec/a, false",
        "/usr/lib/*, usr/lib/a/b, false",
        "usr/l?b/a, usr/lib/a, true",
        "usr/l?b/a, usr/l/b/a, false",
        "**/.git/**, src/.git/HEAD, true",
        "**/a/**/b/**/c, x/a/b/a/y/b/z/z/c, true",
        "**/a/**/b/**/c, x/b/a/c, false",
        "a/**/**/b, a/b, true",
        "**, anything/at/all, true",
        "lib*.so*, liba.so.1, true",
        "**/lib*.s?o, x/liba.sxo, true",
        "**/lib*.s?o, x/liba.sxxo, false",
        "**/m?, x/mg, true",
        "**/m?, x/m, false",
        "usr/bin/[, usr/bin/[, true"
    })
    void patternsAreAntStyle(String pattern, String path, boolean matches) throws ConfigurationException {
        assertThat(PathPattern.parse(pattern, "x").matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|an empty pattern matches nothing",
                "/|an empty pattern matches nothing",
                "usr\\lib|paths in an image have forward slashes",
                "**/*.{o,a}|braces are not supported: write one pattern for each alternative",
                "usr//lib|a path in an image has no empty name, no '.' and no '..'",
                "../etc|a path in an image has no empty name, no '.' and no '..'",
                "usr/**.so|'**' must stand alone between slashes"
            })
    void whatIsNoPatternIsRefused(String pattern, String why) {
        assertThatThrownBy(() -> PathPattern.parse(pattern, "<modelPatterns><pattern>"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<modelPatterns><pattern> is '" + pattern + "', but " + why
                        + ". Patterns look like /usr/lib/** or **/*.gguf.");
    }

    @Test
    void aHostilePathTakesNoLongerThanItsLength() throws ConfigurationException {
        PathPattern pattern = PathPattern.parse("**/" + "*a".repeat(20) + "b/" + "**/a/".repeat(20) + "b", "x");
        String path = "a".repeat(2_000) + "/" + "a/".repeat(5_000) + "a";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(pattern.matches(path)).isFalse());
    }
}
