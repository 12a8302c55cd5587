package io.github.bitnetmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSummaryTest {
    private final TestImage image = new TestImage();

    private Audit audit(String budgets) throws BitnetException {
        return new Auditor(
                        Budgets.of(Xml.budgets(budgets)),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .audit(image.build());
    }

    private String summary(String budgets, Style style) throws BitnetException {
        return String.join("\n", ConsoleSummary.of(audit(budgets), List.of(Path.of("target/bitnet/audit.json")), style));
    }

    private void anImage() {
        image.baseLayer("/bin/sh -c #(nop) ADD file:1f in / ").file("usr/lib/libc.so", 74_800_000);
        image.layer("COPY ggml-model-i2_s.gguf /app/models/ # buildkit")
                .file("app/models/ggml-model-i2_s.gguf", 1_187_801_280);
        image.layer("RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends libgomp1 # buildkit")
                .file("usr/lib/libgomp.so.1", 319_888)
                .file("var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4", 18_000_000);
        image.layer("COPY /runtime/ / # buildkit").file("app/bin/llama-server", 4_940_000);
        image.layer("RUN /bin/sh -c rm -rf /var/lib/apt/lists/* # buildkit").whiteout("var/lib/apt/lists");
    }

    private static final String BUDGETS =
            "<image><maximum>1.4GB</maximum></image><withoutModel><maximum>90MB</maximum></withoutModel>"
                    + "<waste><maximum>1MB</maximum><level>WARN</level><reason>apt lists belong in the same RUN</reason>"
                    + "</waste><layerCount><maximum>12</maximum></layerCount>"
                    + "<layers><layer><createdBy>COPY * /app/models/*</createdBy><maximum>1.3GB</maximum></layer>"
                    + "</layers><paths><path><includes><include>/opt/**</include></includes><maximum>1MB</maximum>"
                    + "</path></paths><forbidden><path>/root/.cache/**</path></forbidden>";

    @Test
    void showWhatIsInAnImageAndWhatIsTooMuch() throws BitnetException {
        anImage();

        assertThat(summary(BUDGETS, Style.plain())).isEqualTo("""
@@PLAIN""");
    }

    @Test
    void aNarrowTerminalWithoutUnicodeHasTheSameInLess() throws BitnetException {
        anImage();

        String summary = summary(BUDGETS, new Style(72, false, false));

        assertThat(summary).isEqualTo("""
@@ASCII""");
        assertThat(summary.lines()).allMatch(line -> line.length() <= 72);
        assertThat(summary).matches("\\p{ASCII}*");
    }

    @Test
    void colourChangesNothingButColour() throws BitnetException {
        anImage();
        String coloured = summary(BUDGETS, new Style(100, true, true));

        assertThat(coloured).contains("\u001b[31mFAIL\u001b[0m", "\u001b[33mwarn\u001b[0m", "\u001b[32mpass\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(summary(BUDGETS, Style.plain()));
    }

    @Test
    void nothingOfAHostileImageReachesTheTerminal() throws BitnetException {
        image.name("a\u001b[2Jb");
        image.layer("RUN \u001b]0;title\u0007\n\u202e\u009b31m").file("x\n\u001b[31m\u202ey", 10);

        String summary = summary("<image><maximum>1B</maximum></image>", Style.plain());

        assertThat(summary.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void ofVeryManyLayersOnlyTheLargestAreShown() throws BitnetException {
        for (int i = 0; i < 100; i++) {
            image.layer("RUN " + i).file("f" + i, 1_000 + i);
        }

        assertThat(summary("<layerCount><maximum>127</maximum></layerCount>", Style.plain()).lines())
                .hasSize(48)
                .contains(" 70  ███████████████████████▍   1.07 kB    1.0%  own    RUN 70")
                .contains("  and 70 smaller layers with 72.4 kB");
    }

    @Test
    void anEmptyImageIsShownToo() throws BitnetException {
        image.layer("WORKDIR /app");

        assertThat(summary("<image><maximum>1B</maximum></image>", Style.plain()).lines())
                .contains("  0                                 0 B       -  own    WORKDIR /app")
                .contains("PASS  1 of 1 budget kept");
    }

    @Test
    void digestsThatWereNotCheckedAreTold() throws BitnetException {
        image.layer("COPY").file("a", 1);
        image.uncheckedDigests("sha256:1", "sha256:2");

        assertThat(summary("<image><maximum>1B</maximum></image>", Style.plain()).lines())
                .contains("Not checked, since contents were skipped: 2 digests. -Dbitnet.verifyDigests=true checks all.");
    }
}
