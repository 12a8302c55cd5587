package io.github.bitnetmaven.audit.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Kind;
import io.github.bitnetmaven.audit.growth.GrowthComparison;
import io.github.bitnetmaven.audit.growth.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineFileTest {
    @TempDir
    Path directory;

    private static TestImage manyFiles(int extra) {
        TestImage image = new TestImage();
        TestImage.LayerOfTest layer = image.layer("COPY . /").file("app/model.gguf", 9_000_000);
        for (int i = 0; i < 2_000; i++) {
            layer.file("usr/share/doc/package" + i % 40 + "/file" + i, 1_000 + (i == 7 ? extra : 0));
        }
        return image;
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws BitnetException {
        Baseline baseline = Baseline.of(Snapshots.of(manyFiles(0)));
        Path file = directory.resolve("src/image-baseline.json");

        BaselineFile.write(baseline, file);

        assertThat(ReferenceFile.is(file)).isTrue();
        assertThat(ReferenceFile.read(file, "b").snapshot()).isEqualTo(baseline);
        assertThat(ReferenceFile.read(file, "b").kind()).isEqualTo("baseline");
    }

    @Test
    void aBaselineIsSmallAndHasALineForEachThing() throws BitnetException, IOException {
        TestImage image = new TestImage();
        image.layer("COPY . /").file("app/a", 10, "abc").file("app/m.gguf", 20, "def");
        Path file = directory.resolve("b.json");

        BaselineFile.write(Baseline.of(Snapshots.of(image)), file);

        assertThat(file)
                .hasContent(
                        """
                        {
                          "schema": "bitnet-baseline/1",
                          "image":{"name":"acme/bitnet:1.0","id":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","source":"engine","platform":"linux/amd64"},
                          "sizes":{
                            "unpackedBytes":30,
                            "visibleBytes":30,
                            "wastedBytes":0,
                            "modelBytes":20,
                            "withoutModelBytes":10,
                            "ownBytes":30,
                            "packedBytes":null,
                            "layerCount":1,
                            "fileCount":2
                          },
                          "layers": [
                            {"unpackedBytes":30,"modelBytes":20,"base":false,"diffId":"sha256:0000000000000000000000000000000000000000000000000000000000000001","createdBy":"COPY . /"}
                          ],
                          "components": [
                            {"name":"model","bytes":20,"fileCount":1},
                            {"name":"other","bytes":10,"fileCount":1}
                          ],
                          "files": [
                            {"path":"app/a","bytes":10,"component":"other","sha256":"abc"},
                            {"path":"app/m.gguf","bytes":20,"component":"model","sha256":"def"}
                          ]
                        }
                        """);
        BaselineFile.write(Baseline.of(Snapshots.of(manyFiles(0))), file);
        assertThat(Files.size(file)).isLessThan(60_000);
    }

    @Test
    void ofManyFilesTheSmallOnesAreComparedByDirectory() throws BitnetException {
        Path file = directory.resolve("b.json");
        BaselineFile.write(Baseline.of(Snapshots.of(manyFiles(0))), file);

        Growth same = GrowthComparison.compare(ReferenceFile.read(file, "b"), Snapshots.of(manyFiles(0)));
        assertThat(same.files()).isEmpty();
        Growth grown = GrowthComparison.compare(ReferenceFile.read(file, "b"), Snapshots.of(manyFiles(500)));
        assertThat(grown.files().stream().mapToLong(FileGrowth::bytes).sum()).isEqualTo(500);
        assertThat(grown.files()).anySatisfy(one -> {
            assertThat(one.path()).isIn("usr/share/doc/package7/", "usr/share/doc/package7/file7");
            assertThat(one.kind()).isIn(Kind.RESIZED, Kind.ADDED);
        });
    }

    @Test
    void whatIsNoBaselineIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("b.json"), "{\"schema\": \"bitnet-baseline/2\"}");
        assertThatThrownBy(() -> ReferenceFile.read(file, "b"))
                .isInstanceOf(AuditFileException.class)
                .hasMessage(file + " has the schema 'bitnet-baseline/2', but a baseline has bitnet-baseline/1 and an audit"
                        + " has bitnet-audit/1. Record a baseline with bitnet:baseline.");
        Files.writeString(file, "{\"schema\": \"bitnet-baseline/1\"}");
        assertThatThrownBy(() -> ReferenceFile.read(file, "b"))
                .isInstanceOf(AuditFileException.class)
                .hasMessage("The baseline " + file + " cannot be read: 'name' is missing. Take it from version control"
                        + " again, or record a new one with bitnet:baseline.");
    }

    @Test
    void anAuditThatCouldNotBeDoneIsNoBaseline() throws IOException {
        Path file = Files.writeString(directory.resolve("audit.json"), "{\"schema\": \"bitnet-audit/1\", \"outcome\": \"error\","
                + " \"image\": {\"name\": \"x\"}, \"error\": \"Cannot audit x: no layers.\"}");
        assertThatThrownBy(() -> ReferenceFile.read(directory, "target/bitnet"))
                .isInstanceOf(AuditFileException.class)
                .hasMessage(file + " is of an audit that could not be done: Cannot audit x: no layers. Audit the image again"
                        + " with bitnet:check.");
    }
}
