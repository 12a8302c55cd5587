package io.github.bitnetmaven.report;

import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.Problems;
import io.github.bitnetmaven.configuration.Spelling;
import io.github.bitnetmaven.report.badge.BadgeReport;
import io.github.bitnetmaven.report.console.ConsoleReport;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.html.HtmlReport;
import io.github.bitnetmaven.report.junit.JUnitReport;
import io.github.bitnetmaven.report.markdown.MarkdownReport;
import io.github.bitnetmaven.report.sarif.SarifReport;
import io.github.bitnetmaven.report.server.GitHubReport;
import io.github.bitnetmaven.report.server.GitLabReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which reports are written, in that order.
 *
 * @param reports without {@code audit.json} and the inventory, which are always written
 * @param server the build server that looks on
 */
public record ReportChoice(List<Report> reports, BuildServer server) {
    private static final String NONE = "none";

    /** A new report is one line here. The console comes last: it tells which files there are. */
    private static final List<Report> CHOOSABLE = List.of(
            new HtmlReport(),
            new MarkdownReport(),
            new JUnitReport(),
            new SarifReport(),
            new BadgeReport(),
            new ConsoleReport());

    /** Written where a build server looks for them, beside those that are chosen. */
    private static final List<Report> OF_BUILD_SERVERS = List.of(new GitHubReport(), new GitLabReport());

    public ReportChoice {
        reports = List.copyOf(reports);
    }

    /** The names that can be chosen. */
    public static List<String> names() {
        return CHOOSABLE.stream().map(Report::id).toList();
    }

    /** The files of all reports, chosen or not. */
    static List<String> files() {
        List<String> files = new ArrayList<>();
        CHOOSABLE.forEach(report -> files.addAll(report.files()));
        OF_BUILD_SERVERS.forEach(report -> files.addAll(report.files()));
        return files;
    }

    /**
     * The reports of these names.
     *
     * @param names of {@code <reports>}; empty for the default: console, HTML and Markdown, and JUnit on a build server
     * @throws ConfigurationException that names the nearest name for each that is not known
     */
    public static ReportChoice of(List<String> names, BuildServer server) throws ConfigurationException {
        Set<String> wanted = new TreeSet<>(names.isEmpty() ? defaults(server) : lowerCase(names));
        Problems problems = new Problems();
        List<String> known = new ArrayList<>(names());
        known.add(NONE);
        for (String name : wanted) {
            if (!known.contains(name)) {
                String hint = Spelling.nearest(name, known)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse(".");
                problems.add("<reports> (-Dbitnet.reports) names '" + Problems.printable(name)
                        + "', but the reports are " + String.join(", ", names()) + " (or none)" + hint);
            }
        }
        if (wanted.contains(NONE) && wanted.size() > 1) {
            problems.add("<reports> (-Dbitnet.reports) names none and others, too. Remove none, or the others.");
        }
        problems.throwIfAny();
        List<Report> chosen = new ArrayList<>();
        for (Report report : OF_BUILD_SERVERS) {
            if (report.id().equals(server.kind().name().toLowerCase(Locale.ROOT))) {
                chosen.add(report);
            }
        }
        for (Report report : CHOOSABLE) {
            if (wanted.contains(report.id())) {
                chosen.add(report);
            }
        }
        return new ReportChoice(chosen, server);
    }

    private static List<String> defaults(BuildServer server) {
        List<String> defaults = new ArrayList<>(List.of("console", "html", "markdown"));
        if (server.ci()) {
            defaults.add("junit");
        }
        // Those that are there.
        defaults.retainAll(names());
        return defaults;
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
