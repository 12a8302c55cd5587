package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a configuration that is not accepted says. */
final class RefusedConfiguration {
    private RefusedConfiguration() {}

    static void assertThatMessage(Configuration configuration, String message) {
        assertThatThrownBy(configuration::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
