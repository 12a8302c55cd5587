package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Baseline and history: what growth is measured against. */
final class GrowthOptions {
    private final Configuration configuration;
    private final Problems problems;

    GrowthOptions(Configuration configuration) {
        this.configuration = configuration;
        this.problems = configuration.problems();
    }

    GrowthSettings settings(@Nullable GrowthParameters budget, @Nullable String history, String defaultBaseline) {
        Option baseline = configuration.option(
                "<growth><baseline>", "bitnet.baseline", budget == null ? null : budget.baseline);
        boolean update = configuration.option("baseline.update", "bitnet.baseline.update", null).isTrue(problems);
        Path historyFile = history(history);
        boolean asked = budget != null || baseline.isSet() || update;
        Option append = configuration.option("history.append", "bitnet.history.append", null);
        if (budget != null && budget.window != null && historyFile == null) {
            problems.add("<budgets><growth><window> looks back at a history, but none is kept. Name its file with"
                    + " <history> (-Dbitnet.history).");
        }
        return new GrowthSettings(
                asked ? location(baseline, defaultBaseline) : null,
                budget == null,
                update,
                historyFile,
                !append.isSet() || append.isTrue(problems),
                configuration.option("history.revision", "bitnet.history.revision", null).value(),
                time(configuration.option("history.time", "bitnet.history.time", null)));
    }

    private @Nullable String time(Option option) {
        if (option.isSet()) {
            try {
                OffsetDateTime.parse(option.or(""));
            } catch (DateTimeException e) {
                option.refuse(problems, "a time is written like 2026-11-24T18:30:00Z");
            }
        }
        return option.value();
    }

    @Nullable ReferenceLocation location(Option option, String fallback) {
        try {
            return ReferenceLocation.parse(option.or(fallback), configuration.baseDirectory(), option.name());
        } catch (ConfigurationException e) {
            problems.add(e.getMessage());
            return null;
        }
    }

    @Nullable Path history(@Nullable String element) {
        Option option = configuration.option("<history>", "bitnet.history", element);
        ReferenceLocation location = option.isSet() ? location(option, "") : null;
        return location == null ? null : location.path();
    }
}
