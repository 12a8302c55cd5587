package io.github.bitnetmaven.audit.budget;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;

/** What budgets that are not accepted say. */
final class RefusedBudgets {
    private RefusedBudgets() {}

    static void assertRefused(String budgets, String message) {
        BudgetsParameters parameters = Xml.budgets(budgets);
        assertThatThrownBy(() -> Budgets.of(parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
