package io.github.bitnetmaven.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Snapshots;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.markdown.ComparisonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTableTest {
    private static TestImage image(String instruction, String path, long bytes) {
        TestImage image = new TestImage();
        image.baseLayer("ADD rootfs /").file("usr/lib/libc.so", 2_000_000);
        image.layer(instruction).file(path, bytes).file("srv/" + path, 7_000);
        return image;
    }

    private static final TestImage BEFORE = image("COPY . /app", "app/server", 1_000_000);
    private static final TestImage AFTER = image(
            "RUN apt-get update && apt-get install --yes --no-install-recommends build-essential cmake git python3-pip python3-venv",
            "usr/local/lib/python3.11/site-packages/torch/lib/a/rather/deep/directory/with/libtorch_cpu.so.2.4.0-with-a-long-name",
            412_903_777);

    /** What is left of 80 and 100 columns beside {@code [INFO] }. */
    @ParameterizedTest
    @ValueSource(ints = {73, 93})
    void everyLineFits(int width) throws BitnetException {
        for (boolean unicode : new boolean[] {true, false}) {
            assertThat(ComparisonTable.of(
                            Snapshots.of(BEFORE), Snapshots.of(AFTER), Snapshots.compare(BEFORE, AFTER), new Style(width, false, unicode)))
                    .contains("Sizes                  before         after    difference")
                    .allSatisfy(line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void anIncreaseOfManyTimesFitsToo() throws BitnetException {
        List<String> lines = ComparisonTable.of(
                Snapshots.of(BEFORE), Snapshots.of(AFTER), Snapshots.compare(BEFORE, AFTER), Style.plain());

        assertThat(lines)
                .contains("  unpacked            3.01 MB        415 MB       +412 MB  +13698.2%")
                .contains("    +412 MB  own               1.01 MB -> 413 MB")
                .contains("        0 B  base                 2 MB -> 2 MB");
    }

    @Test
    void markdownTellsTheSame() throws BitnetException {
        Growth growth = Snapshots.compare(BEFORE, AFTER);
        assertThat(ComparisonText.of(Snapshots.of(BEFORE), Snapshots.of(AFTER), growth))
                .startsWith("""
                        ### `acme/bitnet:1.0` → `acme/bitnet:1.0`

                        | | before | after | change |
                        |---|--:|--:|--:|
                        | unpacked | 3.01 MB | 415 MB | +412 MB (+13698.2 %) |
                        """)
                .contains("""

                        #### What grew since `old`

                        | | before | after | change |
                        |---|--:|--:|--:|
                        | **own** | 1.01 MB | 413 MB | +412 MB |
                        | **base** | 2 MB | 2 MB | 0 B |
                        """)
                .contains("| +412 MB | 1 | `RUN apt-get update && apt-get install ")
                .contains("- −1 MB `/app/server` (gone)\n");
    }
}
