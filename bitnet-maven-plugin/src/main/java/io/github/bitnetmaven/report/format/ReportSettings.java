package io.github.bitnetmaven.report.format;

/**
 * What a report depends on beside the audit.
 *
 * @param style how the console may look
 * @param server the build server that looks on
 */
public record ReportSettings(Style style, BuildServer server) {
    /** Nobody looks on. */
    public static ReportSettings plain() {
        return new ReportSettings(Style.plain(), BuildServer.none());
    }
}
