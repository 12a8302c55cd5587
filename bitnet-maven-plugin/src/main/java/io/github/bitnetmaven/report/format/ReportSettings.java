package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.report.source.Sources;

/**
 * What a report depends on beside the audit.
 *
 * @param style how the console may look
 * @param server the build server that looks on
 * @param sources where budgets and instructions are written
 */
public record ReportSettings(Style style, BuildServer server, Sources sources) {
    /** Nobody looks on. */
    public static ReportSettings plain() {
        return new ReportSettings(Style.plain(), BuildServer.none(), Sources.none());
    }
}
