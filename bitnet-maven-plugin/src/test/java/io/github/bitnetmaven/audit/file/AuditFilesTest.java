package io.github.bitnetmaven.audit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFilesTest {
    @TempDir
    Path directory;

    private static Audit audit() throws BitnetException {
        TestImage image = new TestImage();
        image.baseLayer("").file("etc/a", 1_500).packed(700);
        image.layer("COPY m /m # buildkit").file("app/m.gguf", 9_000).file("a\n\"\u001b[2J\ud800é", 7);
        image.layer("RUN x").file("etc/a", 10).symbolicLink("bin", "usr/bin");
        return new Auditor(
                        Budgets.of(Xml.budgets("<waste><maximum>1kB</maximum><reason>one RUN</reason></waste>"
                                + "<layerCount><maximum>2</maximum><level>WARN</level><waiver><until>2026-01-31</until>"
                                + "<reason>squashed soon</reason></waiver></layerCount>")),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .audit(image.build());
    }

    private Path write(RecordedAudit audit) throws IOException {
        Path file = directory.resolve("audit.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            AuditJsonWriter.write(audit, out);
        }
        return file;
    }

    @Test
    void anAuditIsReadAsItWasWritten() throws BitnetException, IOException {
        RecordedAudit audit = audit().recorded();

        assertThat(AuditJsonReader.read(write(audit))).isEqualTo(audit);
    }

    @Test
    void anAuditThatCouldNotBeDoneIsReadAsItWasWritten() throws BitnetException, IOException {
        RecordedAudit audit = RecordedAudit.failed("acme/x:1", "Cannot audit acme/x:1: no layers.");

        assertThat(AuditJsonReader.read(write(audit))).isEqualTo(audit);
    }

    @Test
    void anAuditOfAnotherSchemaIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "{\"schema\": \"bitnet-audit/2\"}");

        assertThatThrownBy(() -> AuditJsonReader.read(file))
                .isInstanceOf(AuditFileException.class)
                .hasMessage(file + " has the schema 'bitnet-audit/2', but an audit has bitnet-audit/1. Name an audit.json"
                        + " that this version of the plugin wrote.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"fileCount\": 1,| |'fileCount' is no number of bytes, files or layers",
                "\"unpackedBytes\": 1500|\"unpackedBytes\": -1|'unpackedBytes' is no number of bytes, files or layers",
                "\"unpackedBytes\": 1500|\"unpackedBytes\": 1.5|'unpackedBytes' is no number of bytes, files or layers",
                "\"index\": 1|\"index\": 2|its layers are not in order",
                "\"outcome\": \"fail\"|\"outcome\": \"good\"|'outcome' has a value that is not known",
                "\"layer\": 0|\"layer\": 9|a budget names a layer that is not there",
                "\"sizes\":|\"size\":|it has no sizes"
            })
    void anAuditThatContradictsItselfIsRefused(String found, String put, String why) throws BitnetException, IOException {
        Path file = write(audit().recorded());
        String text = Files.readString(file).replaceAll("\"fileCount\": 1\n", "\"fileCount\": 1,\"x\": 0\n");
        assertThat(text).contains(found);
        Files.writeString(file, text.replace(found, put == null ? "" : put));

        assertThatThrownBy(() -> AuditJsonReader.read(file))
                .isInstanceOf(AuditFileException.class)
                .hasMessage(file + " cannot be read as an audit.json: " + why + ".");
    }

    @Test
    void whatIsNoJsonIsToldOnOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "{\"schema\": \"bitnet-audit/1\"");

        assertThatThrownBy(() -> AuditJsonReader.read(file))
                .hasMessageStartingWith(file + " cannot be read as an audit.json: JsonEOFException (Unexpected end-of-input")
                .hasMessageNotContaining("\n");
    }

    private Path inventory() throws BitnetException, IOException {
        Audit audit = audit();
        Path file = directory.resolve("inventory.ndjson.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            InventoryWriter.write(audit.image(), audit.components(), out);
        }
        return file;
    }

    @Test
    void anInventoryIsReadAsItWasWritten() throws BitnetException, IOException {
        List<InventoryFile> files = new ArrayList<>();

        InventoryReader.read(inventory(), files::add);

        assertThat(files)
                .containsExactly(
                        new InventoryFile(
                                "a\n\"\u001b[2J\ud800é", 7, 1, "other", "content of a\n\"\u001b[2J\ud800é"),
                        new InventoryFile("app/m.gguf", 9_000, 1, "model", "content of app/m.gguf"),
                        new InventoryFile("bin", 7, 2, "other"),
                        new InventoryFile("etc/a", 10, 2, "other", "content of etc/a"));
    }

    @Test
    void anInventoryThatIsCutOffIsNotTakenForAShortOne() throws BitnetException, IOException {
        Path file = inventory();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));

        assertThatThrownBy(() -> InventoryReader.read(file, each -> {}))
                .isInstanceOf(AuditFileException.class)
                .hasMessageStartingWith("The inventory " + file + " cannot be read (line ")
                .hasMessageEndingWith(". Audit the image again to write it anew.");
    }

    @Test
    void sameAuditSameBytes() throws BitnetException, IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();

        AuditJsonWriter.write(audit().recorded(), first);
        AuditJsonWriter.write(audit().recorded(), second);

        assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    }
}
