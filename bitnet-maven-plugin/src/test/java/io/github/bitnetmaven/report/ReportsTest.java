package io.github.bitnetmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportException;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final String WASTE = "<waste><maximum>1kB</maximum><reason>one RUN</reason></waste>";

    @TempDir
    Path directory;

    private static Audit audit(TestImage image, String budgets) throws BitnetException {
        return new Auditor(
                        Budgets.of(Xml.budgets(budgets)),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .audit(image.build());
    }

    /** Every report that there is. */
    private static Reports reports(Path directory) throws ConfigurationException {
        return new Reports(
                new ReportDirectory(directory),
                ReportChoice.of(ReportChoice.names(), BuildServer.none()),
                ReportSettings.plain(),
                line -> {},
                line -> {});
    }

    private static TestImage image() {
        TestImage image = new TestImage();
        image.baseLayer("").file("etc/a", 1_500).packed(700);
        image.layer("COPY m /m # buildkit").file("app/m.gguf", 9_000).hardLink("app/n.gguf", "app/m.gguf");
        image.layer("RUN x").file("etc/a", 10).symbolicLink("bin", "usr/bin");
        return image;
    }

    @Test
    void auditJsonKeepsTheContract() throws BitnetException, IOException {
        reports(directory).write(audit(image(), WASTE));

        assertThat(directory.resolve("audit.json"))
                .hasContent(
                        """
                        {
                          "schema": "bitnet-audit/1",
                          "outcome": "fail",
                          "image": {
                            "name": "acme/bitnet:1.0",
                            "id": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                            "source": "engine",
                            "platform": "linux/amd64"
                          },
                          "sizes": {
                            "unpackedBytes": 10517,
                            "visibleBytes": 9017,
                            "wastedBytes": 1500,
                            "modelBytes": 9000,
                            "withoutModelBytes": 1517,
                            "ownBytes": 9017,
                            "packedBytes": null,
                            "layerCount": 3,
                            "fileCount": 4
                          },
                          "layers": [
                            {
                              "index": 0,
                              "diffId": "sha256:0000000000000000000000000000000000000000000000000000000000000001",
                              "createdBy": "",
                              "base": true,
                              "unpackedBytes": 1500,
                              "packedBytes": 700,
                              "modelBytes": 0,
                              "fileCount": 1
                            },
                            {
                              "index": 1,
                              "diffId": "sha256:0000000000000000000000000000000000000000000000000000000000000002",
                              "createdBy": "COPY m /m # buildkit",
                              "base": false,
                              "unpackedBytes": 9000,
                              "packedBytes": null,
                              "modelBytes": 9000,
                              "fileCount": 2
                            },
                            {
                              "index": 2,
                              "diffId": "sha256:0000000000000000000000000000000000000000000000000000000000000003",
                              "createdBy": "RUN x",
                              "base": false,
                              "unpackedBytes": 17,
                              "packedBytes": null,
                              "modelBytes": 0,
                              "fileCount": 2
                            }
                          ],
                          "components": [
                            {
                              "name": "model",
                              "bytes": 9000,
                              "fileCount": 1
                            },
                            {
                              "name": "other",
                              "bytes": 17,
                              "fileCount": 3
                            }
                          ],
                          "budgets": [
                            {
                              "budget": "waste",
                              "subject": "acme/bitnet:1.0",
                              "limit": "1kB",
                              "limitBytes": 1000,
                              "actualBytes": 1500,
                              "unit": "bytes",
                              "level": "ERROR",
                              "reason": "one RUN",
                              "verdict": "fail",
                              "actual": "1.5 kB",
                              "difference": "500 B over",
                              "message": "The image acme/bitnet:1.0 has 1.5 kB that a later layer overwrote, removed or hid, which is 500 B more than its budget waste of 1 kB. The reason given for the budget: one RUN",
                              "contributors": [
                                {
                                  "path": "etc/a",
                                  "bytes": 1500,
                                  "layer": 0,
                                  "createdBy": ""
                                }
                              ],
                              "waiver": null
                            }
                          ],
                          "findings": [ ],
                          "uncheckedDigests": [ ],
                          "growth": null,
                          "error": null
                        }
                        """);
    }

    @Test
    void theInventoryIsSortedByPath() throws BitnetException, IOException {
        reports(directory).write(audit(image(), WASTE));

        assertThat(inventory())
                .isEqualTo(
                        """
                        {"path":"app/m.gguf","bytes":9000,"layer":1,"component":"model","sha256":"content of app/m.gguf"}
                        {"path":"app/n.gguf","bytes":0,"layer":1,"component":"other"}
                        {"path":"bin","bytes":7,"layer":2,"component":"other"}
                        {"path":"etc/a","bytes":10,"layer":2,"component":"other","sha256":"content of etc/a"}
                        """);
    }

    private String inventory() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("inventory.ndjson.gz"));
        // RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system.
        assertThat(Arrays.copyOf(bytes, 10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theSameImageGivesTheSameBytes() throws BitnetException, IOException {
        reports(directory.resolve("a")).write(audit(image(), WASTE));
        reports(directory.resolve("b")).write(audit(image(), WASTE));

        for (String name : List.of("audit.json", "inventory.ndjson.gz")) {
            assertThat(directory.resolve("a").resolve(name)).hasSameBinaryContentAs(directory.resolve("b").resolve(name));
        }
    }

    @Test
    void hostileNamesStayWholeInJson() throws BitnetException, IOException {
        TestImage image = new TestImage();
        String path = "a\n\"\u001b[2J\ud800é";
        image.layer("RUN \ud800\"\n").file(path, 10);

        reports(directory).write(audit(image, WASTE));

        assertThat(new ObjectMapper().readTree(inventory()).get("path").textValue()).isEqualTo(path);
        assertThat(new ObjectMapper()
                        .readTree(directory.resolve("audit.json").toFile())
                        .at("/layers/0/createdBy")
                        .textValue())
                .isEqualTo("RUN \ud800\"\n");
    }

    @Test
    void anAuditThatCouldNotBeDoneIsWrittenToo() throws BitnetException, IOException {
        Path file = directory.resolve("new/one/audit.json");

        reports(file.getParent()).writeFailed("acme/x:1", "Cannot audit acme/x:1: no layers.");

        assertThat(file)
                .hasContent(
                        """
                        {
                          "schema": "bitnet-audit/1",
                          "outcome": "error",
                          "image": {
                            "name": "acme/x:1",
                            "id": null,
                            "source": null,
                            "platform": null
                          },
                          "sizes": null,
                          "layers": [ ],
                          "components": [ ],
                          "budgets": [ ],
                          "findings": [ ],
                          "uncheckedDigests": [ ],
                          "growth": null,
                          "error": "Cannot audit acme/x:1: no layers."
                        }
                        """);
    }

    @Test
    void aStaleReportIsRemovedAndNothingElse() throws BitnetException, IOException {
        Reports.removeStale(directory);
        reports(directory).write(audit(image(), WASTE));
        Files.writeString(directory.resolve("mine.txt"), "x");

        Reports.removeStale(directory);

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("mine.txt"));
        }
    }

    @Test
    void aDirectoryThatIsAFileIsTold() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> reports(file).write(audit(image(), WASTE)))
                .isInstanceOf(ReportException.class)
                .hasMessage("Cannot write " + file + "/inventory.ndjson.gz: FileAlreadyExistsException (" + file
                        + "). Set a directory that can be written with -Dbitnet.reportDirectory.");
    }
}
