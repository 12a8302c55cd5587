package io.github.bitnetmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.Report;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportChoiceTest {
    private static List<String> chosen(BuildServer server, String... names) throws ConfigurationException {
        return ReportChoice.of(List.of(names), server).reports().stream().map(Report::id).toList();
    }

    @Test
    void theConsoleComesLastSinceItTellsWhatWasWritten() throws ConfigurationException {
        assertThat(chosen(BuildServer.none())).endsWith("console");
    }

    @Test
    void namesAreTakenWhateverTheirCase() throws ConfigurationException {
        assertThat(chosen(BuildServer.none(), "Console", "console")).containsExactly("console");
    }

    @Test
    void noneIsNone() throws ConfigurationException {
        assertThat(chosen(BuildServer.none(), "none")).isEmpty();
    }

    @Test
    void aMisspeltNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> chosen(BuildServer.none(), "consol"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<reports> (-Dbitnet.reports) names 'consol', but the reports are "
                        + String.join(", ", ReportChoice.names()) + " (or none); did you mean console?");
    }

    @Test
    void noneAndOthersContradictEachOther() {
        assertThatThrownBy(() -> chosen(BuildServer.none(), "none", "console"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<reports> (-Dbitnet.reports) names none and others, too. Remove none, or the others.");
    }

    @Test
    void aBuildServerIsKnownByItsVariables() {
        assertThat(BuildServer.of(Map.of())).isEqualTo(BuildServer.none());
        assertThat(BuildServer.of(Map.of("CI", "false")).ci()).isFalse();
        assertThat(BuildServer.of(Map.of("CI", "1")).ci()).isTrue();
        assertThat(BuildServer.of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", "/s")).stepSummary())
                .hasToString("/s");
        assertThat(BuildServer.of(Map.of("GITLAB_CI", "true")).kind()).isEqualTo(BuildServer.Kind.GITLAB);
    }
}
