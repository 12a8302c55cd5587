package io.github.bitnetmaven.report.html;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.trend.Trend;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The page: markup, styles and scripts of this package's resources, d3-hierarchy, and the data of an audit. A content
 * security policy lets nothing run but these very scripts, and nothing load.
 */
final class HtmlPage {
    private static final List<String> STYLES = List.of("page.css", "sections.css", "treemap.css", "trend.css", "print.css");
    private static final List<String> SCRIPTS = List.of(
            "sizes.js", "elements.js", "tree.js", "treemap.js", "sections.js", "growth.js", "trend.js", "search.js", "page.js");
    private static final String WEBJAR = "org.webjars.npm/d3-hierarchy";

    private HtmlPage() {}

    /** Writes the page of an audit; without the files, if there are none. */
    static void write(RecordedAudit audit, @Nullable Trend trend, @Nullable FileTree files, Writer out)
            throws IOException {
        String styles = resources(STYLES);
        String library = library();
        String scripts = "'use strict';\n" + resources(SCRIPTS);
        StringWriter data = new StringWriter();
        PageData.write(audit, trend, files, data);
        for (String part : read("page.html").split("(?=\\$\\{)|(?<=\\$\\{[a-z]{1,20}\\})")) {
            switch (part) {
                case "${policy}" -> out.write(policy(styles, library, scripts));
                case "${title}" -> out.write(escape(title(audit)));
                case "${summary}" -> summary(audit, out);
                case "${styles}" -> out.write(styles);
                case "${library}" -> out.write(library);
                case "${scripts}" -> out.write(scripts);
                case "${data}" -> new StringReader(data.toString()).transferTo(out);
                default -> out.write(part);
            }
        }
    }

    private static String policy(String styles, String... scripts) {
        StringBuilder policy = new StringBuilder("default-src 'none'; base-uri 'none'; form-action 'none'; style-src ")
                .append(hash(styles))
                .append("; script-src");
        for (String script : scripts) {
            policy.append(' ').append(hash(script));
        }
        return policy.append("; require-trusted-types-for 'script'; trusted-types 'none'").toString();
    }

    private static String hash(String text) {
        byte[] hash = Sha256.create().digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    private static String title(RecordedAudit audit) {
        return audit.outcome().name() + " – " + PageJson.name(audit.image().name());
    }

    /** For where no script runs, as in some CI servers. */
    private static void summary(RecordedAudit audit, Writer out) throws IOException {
        out.write("<h1>" + escape(title(audit)) + "</h1>\n<p>" + escape(Headline.of(audit)) + "</p>\n<ul>\n");
        for (Verdict verdict : audit.verdicts().stream().limit(50).toList()) {
            out.write("<li>" + escape(PageJson.text(verdict.message(), 500)) + "</li>\n");
        }
        out.write("</ul>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The library with its licence, which must go wherever it goes. */
    private static String library() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/" + WEBJAR + "/pom.properties")) {
            properties.load(in);
        }
        String directory = "/META-INF/resources/webjars/d3-hierarchy/" + properties.getProperty("version") + "/";
        String library = read(directory + "dist/d3-hierarchy.min.js");
        return "/*\n" + read(directory + "LICENSE").strip() + "\n*/\n" + library;
    }

    private static String resources(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(read(name));
        }
        return all.toString();
    }

    /** A parser of HTML reads each end of a line as a line feed, and hashes what it read. */
    private static String read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = HtmlPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the plugin's class path lacks " + name);
        }
        return in;
    }
}
