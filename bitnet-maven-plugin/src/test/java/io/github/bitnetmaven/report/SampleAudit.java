package io.github.bitnetmaven.report;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportSettings;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Audits for tests of reports, and what the reports make of them. */
public final class SampleAudit {
    private final Path directory;
    private final List<String> lines = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private Sources sources = Sources.none();
    private BuildServer server = BuildServer.none();

    public SampleAudit(Path directory) {
        this.directory = directory;
    }

    /** With two budgets that are exceeded, one of them a warning, one that is kept, and a finding. */
    public static Audit small() throws BitnetException {
        TestImage image = new TestImage();
        image.baseLayer("/bin/sh -c #(nop) ADD file:1f in / ").file("usr/lib/libc.so", 2_000_000);
        image.layer("COPY m.gguf /app/models/ # buildkit").file("app/models/m.gguf", 9_000_000);
        image.layer("RUN /bin/sh -c apt-get update").file("var/lib/apt/lists/x", 1_500_000);
        return audit(
                image,
                "<image><maximum>1.4GB</maximum></image><withoutModel><maximum>3MB</maximum></withoutModel>"
                        + "<paths><path><includes><include>/var/lib/apt/**</include></includes>"
                        + "<maximum>1MB</maximum><level>WARN</level></path></paths>",
                List.of(new Finding(
                        "BN005", "Package-manager leftovers", "var/lib/apt/lists/x", 2, 1_500_000,
                        "Remove them in the RUN that makes them.")));
    }

    /** All that can be nasty in names. */
    public static Audit hostile() throws BitnetException {
        String nasty = "a|b`c``d<img src=x onerror=alert(1)>@team #1 \u202e\u0000\ud800\"'&]]>%0A::error::x\n\r--> www.x.org http://y.z ![p](q)";
        TestImage image = new TestImage().name("evil\u001b[2J-->\n::error::pwned|@all/`x`:1.0");
        image.layer("RUN " + nasty).file(nasty, 5_000).file("usr/" + nasty, 4_000);
        return audit(
                image,
                "<image><maximum>1kB</maximum><reason>" + "@team &lt;b&gt; | `x` #1</reason></image>"
                        + "<layer><maximum>1kB</maximum></layer>"
                        + "<paths><path><includes><include>/usr/**</include></includes><maximum>1B</maximum>"
                        + "<level>WARN</level></path></paths>",
                List.of(new Finding("BN005", nasty, nasty, 0, 7, nasty)));
    }

    public static Audit audit(TestImage image, String budgets, List<Finding> findings) throws BitnetException {
        Audit audit = new Auditor(
                        Budgets.of(Xml.budgets(budgets)),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .audit(image.build());
        return new Audit(audit.measurement(), audit.components(), audit.verdicts(), findings, null);
    }

    public SampleAudit sources(Sources those) {
        sources = those;
        return this;
    }

    public SampleAudit on(BuildServer that) {
        server = that;
        return this;
    }

    /** Reports of these names; all when none is given. */
    public Reports reports(String... names) throws BitnetException {
        return new Reports(
                new ReportDirectory(directory),
                ReportChoice.of(names.length == 0 ? ReportChoice.names() : List.of(names), server),
                new ReportSettings(Style.plain(), server, sources),
                lines::add,
                commands::add);
    }

    public String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    public List<String> lines() {
        return lines;
    }

    public List<String> commands() {
        return commands;
    }
}
