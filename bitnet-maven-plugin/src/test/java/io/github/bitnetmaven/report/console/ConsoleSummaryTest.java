package io.github.bitnetmaven.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.report.format.Style;
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
        return String.join("\n", ConsoleSummary.of(audit(budgets).recorded(), List.of(Path.of("target/bitnet/audit.json")), style));
    }

    private void anImage() {
        image.baseLayer("/bin/sh -c #(nop) ADD file:1f in / ").file("usr/lib/libc.so", 74_800_000);
        image.layer("COPY ggml-model-i2_s.gguf /app/models/ # buildkit")
                .file("app/models/ggml-model-i2_s.gguf", 1_187_801_280);
        image.layer("RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends libgomp1")
                .file("usr/lib/libgomp.so.1", 319_888)
                .file("var/lib/apt/lists/example.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4", 18_000_000);
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

        assertThat(summary(BUDGETS, Style.plain())).isEqualTo(
                """
                acme/bitnet:1.0
                id 0123456789ab, linux/amd64, read from engine

                Layers
                  0  █▌                         74.8 MB    5.8%  base   ADD file:1f /
                  1  ████████████████████████   1.19 GB   92.4%  model  COPY ggml-model-i2_s.gguf /app/models/
                  2  ▍                          18.3 MB    1.4%  own    RUN apt-get update && apt-get install -y --…
                  3  ▏                          4.94 MB    0.4%  own    COPY /runtime/ /
                  4                                 0 B    0.0%  own    RUN rm -rf /var/lib/apt/lists/*

                Sizes
                  unpacked        1.29 GB  5 layers on disk
                  visible         1.27 GB  4 files that a container sees
                  wasted            18 MB  replaced or hidden by later layers
                  model           1.19 GB
                  without model   98.1 MB  unpacked less the model
                  own             1.21 GB  without the base image

                Components
                  model             1.19 GB
                  base              74.8 MB
                  backend           4.94 MB
                  other              320 kB

                Findings  18 MB need not be there
                     18 MB  BN009  /var/lib/apt  layer 2  RUN apt-get update && apt-get install -y --no-install-rec…
                            Make, change and remove these files in one RUN: what layer 4 (RUN rm -rf
                            /var/lib/apt/lists/*) replaces or removes, the layer below keeps.

                Budgets                           limit      actual
                  image                            1.4 GB     1.29 GB    114 MB left  pass
                  withoutModel                      90 MB     98.1 MB   8.06 MB over  FAIL
                       74.8 MB  /usr/lib/libc.so                             layer 0   ADD file:1f /
                         18 MB  …ts_bookworm_main_binary-amd64_Packages.lz4  layer 2   RUN apt-get update && apt-ge…
                       4.94 MB  /app/bin/llama-server                        layer 3   COPY /runtime/ /
                        320 kB  /usr/lib/libgomp.so.1                        layer 2   RUN apt-get update && apt-ge…
                  waste                              1 MB       18 MB     17 MB over  warn
                         18 MB  …ts_bookworm_main_binary-amd64_Packages.lz4  layer 2   RUN apt-get update && apt-ge…
                      Reason: apt lists belong in the same RUN
                  layerCount                           12           5         7 left  pass
                  layers COPY * /app/models/*      1.3 GB     1.19 GB    112 MB left  pass
                  paths /opt/**                      1 MB    no match                 FAIL
                      No file of acme/bitnet:1.0 matches /opt/**, so its budget paths of 1 MB limits nothing.
                      Correct the patterns or remove the budget.
                  forbidden /root/.cache/**          none        none                 pass

                Written: target/bitnet/audit.json
                FAIL  2 of 7 budgets exceeded, 1 warning""");
    }

    @Test
    void aNarrowTerminalWithoutUnicodeHasTheSameInLess() throws BitnetException {
        anImage();

        String summary = summary(BUDGETS, new Style(72, false, false));

        assertThat(summary).isEqualTo(
                """
                acme/bitnet:1.0
                id 0123456789ab, linux/amd64, read from engine

                Layers
                  0  #              74.8 MB    5.8%  base   ADD file:1f /
                  1  ############   1.19 GB   92.4%  model  COPY ggml-model-i2_s.gguf...
                  2  #              18.3 MB    1.4%  own    RUN apt-get update && apt...
                  3  #              4.94 MB    0.4%  own    COPY /runtime/ /
                  4                     0 B    0.0%  own    RUN rm -rf /var/lib/apt/l...

                Sizes
                  unpacked        1.29 GB  5 layers on disk
                  visible         1.27 GB  4 files that a container sees
                  wasted            18 MB  replaced or hidden by later layers
                  model           1.19 GB
                  without model   98.1 MB  unpacked less the model
                  own             1.21 GB  without the base image

                Components
                  model             1.19 GB
                  base              74.8 MB
                  backend           4.94 MB
                  other              320 kB

                Findings  18 MB need not be there
                     18 MB  BN009  /var/lib/apt  layer 2  RUN apt-get update && apt-g...
                            Make, change and remove these files in one RUN: what layer 4
                            (RUN rm -rf /var/lib/apt/lists/*) replaces or removes, the
                            layer below keeps.

                Budgets                         limit      actual
                  image                          1.4 GB     1.29 GB    114 MB left  pass
                  withoutModel                    90 MB     98.1 MB   8.06 MB over  FAIL
                       74.8 MB  /usr/lib/libc.so            layer 0   ADD file:1f /
                         18 MB  ...nary-amd64_Packages.lz4  layer 2   RUN apt-get upd...
                       4.94 MB  /app/bin/llama-server       layer 3   COPY /runtime/ /
                        320 kB  /usr/lib/libgomp.so.1       layer 2   RUN apt-get upd...
                  waste                            1 MB       18 MB     17 MB over  warn
                         18 MB  ...nary-amd64_Packages.lz4  layer 2   RUN apt-get upd...
                      Reason: apt lists belong in the same RUN
                  layerCount                         12           5         7 left  pass
                  layers COPY * /app/mod...      1.3 GB     1.19 GB    112 MB left  pass
                  paths /opt/**                    1 MB    no match                 FAIL
                      No file of acme/bitnet:1.0 matches /opt/**, so its budget paths of
                      1 MB limits nothing. Correct the patterns or remove the budget.
                  forbidden /root/.cache/**        none        none                 pass

                Written: target/bitnet/audit.json
                FAIL  2 of 7 budgets exceeded, 1 warning""");
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
