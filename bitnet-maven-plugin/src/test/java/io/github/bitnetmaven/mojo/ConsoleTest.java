package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    @Test
    void coloursAreForTerminals() {
        assertThat(Console.isColoured("auto", true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Console.isColoured("auto", false, Map.of("TERM", "xterm"))).isFalse();
        assertThat(Console.isColoured("auto", true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void whoWantsNoColourGetsNone() {
        assertThat(Console.isColoured("auto", true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Console.isColoured("auto", true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Console.isColoured("never", true, Map.of())).isFalse();
    }

    @Test
    void theCommandLineBeatsTheEnvironment() {
        assertThat(Console.isColoured("always", false, Map.of("NO_COLOR", "1"))).isTrue();
    }

    @Test
    void theWidthIsToldByTheEnvironmentOrByStty() {
        assertThat(TerminalWidth.columns(Map.of("COLUMNS", "132"), false)).isEqualTo(132);
        assertThat(TerminalWidth.columns(Map.of("COLUMNS", "wide"), false)).isEqualTo(107);
        assertThat(TerminalWidth.columns(Map.of(), false)).isEqualTo(107);
        assertThat(TerminalWidth.sttys("24 80\n")).isEqualTo(80);
        assertThat(TerminalWidth.sttys("stty: standard input: Inappropriate ioctl for device")).isZero();
        assertThat(TerminalWidth.sttys("0 0\n")).isZero();
    }
}
