package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.report.source.Sources;

/**
 * What a report depends on beside the audit.
 *
 * @param style how the console may look
 * @param server the build server that looks on
 * @param sources where budgets and instructions are written
 * @param history the audits before, with this one where it is recorded; empty when none is kept
 */
public record ReportSettings(Style style, BuildServer server, Sources sources, History history) {
    /** No history is kept. */
    public ReportSettings(Style style, BuildServer server, Sources sources) {
        this(style, server, sources, History.empty());
    }

    public ReportSettings withHistory(History kept) {
        return new ReportSettings(style, server, sources, kept);
    }

    /** Nobody looks on. */
    public static ReportSettings plain() {
        return new ReportSettings(Style.plain(), BuildServer.none(), Sources.none());
    }
}
