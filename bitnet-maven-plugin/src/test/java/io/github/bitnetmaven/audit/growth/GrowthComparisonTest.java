package io.github.bitnetmaven.audit.growth;

import static io.github.bitnetmaven.audit.growth.Snapshots.compare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.FileTotals;
import io.github.bitnetmaven.audit.growth.Growth.Kind;
import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.image.Image.SourceKind;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GrowthComparisonTest {
    private final TestImage before = new TestImage();
    private final TestImage after = new TestImage();

    @Test
    void whatGrewIsToldLargestFirst() throws BitnetException {
        before.layer("COPY app /app/")
                .file("app/bin/llama-server", 5_000_000)
                .file("app/old", 300)
                .file("app/same", 70);
        before.layer("COPY m /m").file("app/m.gguf", 9_000_000, "weights");
        after.layer("COPY app /app/")
                .file("app/bin/llama-server", 5_200_000, "newer")
                .file("app/same", 70)
                .file("usr/share/doc/a", 90_000);
        after.layer("COPY m /m").file("app/m.gguf", 9_500_000, "better weights");

        Growth growth = compare(before, after);

        assertThat(growth.files())
                .containsExactly(
                        new FileGrowth("app/m.gguf", Kind.RESIZED, 9_000_000, 9_500_000, "model", null),
                        new FileGrowth("app/bin/llama-server", Kind.RESIZED, 5_000_000, 5_200_000, "backend", null),
                        new FileGrowth("usr/share/doc/a", Kind.ADDED, 0, 90_000, "other", null),
                        new FileGrowth("app/old", Kind.REMOVED, 300, 0, "other", null));
        assertThat(growth.totals()).isEqualTo(new FileTotals(true, 90_000, 1, 300, 1, 700_000, 2, 0, 0));
        assertThat(growth.directories())
                .containsExactly(
                        new NamedGrowth("app/", 9_000_300, 9_500_000),
                        new NamedGrowth("app/bin/", 5_000_000, 5_200_000),
                        new NamedGrowth("usr/share/doc/", 0, 90_000));
        assertThat(growth.components())
                .containsExactly(
                        new NamedGrowth("model", 9_000_000, 9_500_000),
                        new NamedGrowth("backend", 5_000_000, 5_200_000),
                        new NamedGrowth("other", 370, 90_070));
        assertThat(growth.parts())
                .containsExactly(
                        new PartGrowth(Part.OWN, 5_000_370, 5_290_070),
                        new PartGrowth(Part.MODEL, 9_000_000, 9_500_000),
                        new PartGrowth(Part.BASE, 0, 0),
                        new PartGrowth(Part.IMAGE, 14_000_370, 14_790_070));
        assertThat(growth.base()).isEqualTo(BaseChange.NONE);
    }

    @Test
    void aRefreshedBaseImageIsToldApart() throws BitnetException {
        before.baseLayer("ADD rootfs /").diffId("old base").file("lib/libc.so", 30_000_000);
        before.layer("COPY app /").file("app", 1_000_000);
        after.baseLayer("ADD rootfs /").diffId("new base").file("lib/libc.so", 40_000_000);
        after.layer("COPY app /").file("app", 1_010_000);

        Growth growth = compare(before, after);

        assertThat(growth.base()).isEqualTo(BaseChange.REFRESHED);
        assertThat(growth.part(Part.OWN)).isEqualTo(new PartGrowth(Part.OWN, 1_000_000, 1_010_000));
        assertThat(growth.part(Part.BASE)).isEqualTo(new PartGrowth(Part.BASE, 30_000_000, 40_000_000));
    }

    @Test
    void aBaseImageThatIsKnownOnOneSideIsKnownOnTheOtherWhenTheLayersAreTheSame() throws BitnetException {
        before.layer("ADD rootfs /").diffId("base").file("lib/libc.so", 30_000_000);
        before.layer("COPY app /").file("app", 1_000_000);
        after.baseLayer("ADD rootfs /").diffId("base").file("lib/libc.so", 30_000_000);
        after.layer("COPY app /").file("app", 1_010_000);

        Growth growth = compare(before, after);

        assertThat(growth.base()).isEqualTo(BaseChange.SAME);
        assertThat(growth.part(Part.OWN)).isEqualTo(new PartGrowth(Part.OWN, 1_000_000, 1_010_000));
    }

    @Test
    void aBaseImageThatIsKnownOnOneSideOnlyIsNotTakenForOurOwnGrowth() throws BitnetException {
        before.baseLayer("ADD rootfs /").diffId("old base").file("lib/libc.so", 30_000_000);
        before.layer("COPY app /").file("app", 1_000_000);
        after.layer("ADD rootfs /").diffId("new base").file("lib/libc.so", 30_000_500);
        after.layer("COPY app /").file("app", 1_000_000);

        Growth growth = compare(before, after);

        assertThat(growth.base()).isEqualTo(BaseChange.UNKNOWN);
        assertThat(growth.part(Part.OWN)).isEqualTo(new PartGrowth(Part.OWN, 31_000_000, 31_000_500));
    }

    @Test
    void aFileOfTheSameContentElsewhereWasMoved() throws BitnetException {
        before.layer("COPY . /").file("opt/a.so", 700, "code").file("opt/b.so", 700, "other code");
        after.layer("COPY . /").file("usr/lib/renamed.so", 700, "code").file("usr/lib/b.so", 700, "third code");

        Growth growth = compare(before, after);

        assertThat(growth.moved())
                .containsExactly(
                        new FileGrowth("usr/lib/renamed.so", Kind.MOVED, 700, 700, "other", "opt/a.so"));
        // Its name and size are the same, but contents were read and are not.
        assertThat(growth.files())
                .containsExactly(
                        new FileGrowth("opt/b.so", Kind.REMOVED, 700, 0, "other", null),
                        new FileGrowth("usr/lib/b.so", Kind.ADDED, 0, 700, "other", null));
        assertThat(growth.totals()).isEqualTo(new FileTotals(true, 700, 1, 700, 1, 0, 0, 700, 1));
    }

    @Test
    void whereContentsWereNotReadNameAndSizeHaveToDo() throws BitnetException {
        before.contentsNotRead().layer("COPY . /").file("opt/a.so", 700).file("opt/b.so", 800).file("opt/c/b.so", 800);
        after.layer("COPY . /").file("usr/lib/a.so", 700).file("usr/lib/b.so", 800).file("usr/lib/empty", 0);

        Growth growth = compare(before, after);

        assertThat(growth.moved())
                .containsExactly(
                        new FileGrowth("usr/lib/b.so", Kind.MOVED_BY_NAME, 800, 800, "other", "opt/b.so"),
                        new FileGrowth("usr/lib/a.so", Kind.MOVED_BY_NAME, 700, 700, "other", "opt/a.so"));
        assertThat(growth.files())
                .containsExactly(new FileGrowth("opt/c/b.so", Kind.REMOVED, 800, 0, "other", null));
    }

    @Test
    void layersAreTheSameByContentOrInstruction() throws BitnetException {
        String first = "1".repeat(64);
        String second = "2".repeat(64);
        before.layer("RUN install").diffId("kept").file("a", 10);
        before.layer("/bin/sh -c #(nop) COPY file:" + first + " in /app/ ").diffId("x").file("app/x", 100);
        before.layer("RUN old").diffId("gone").file("o", 7);
        after.layer("RUN install").diffId("kept").file("a", 10);
        after.layer("RUN new").diffId("new").file("n", 5);
        after.layer("/bin/sh -c #(nop) COPY file:" + second + " in /app/ ").diffId("y").file("app/x", 130);

        assertThat(compare(before, after).layers())
                .containsExactly(
                        new LayerGrowth(
                                1, 2, "/bin/sh -c #(nop) COPY file:" + second + " in /app/ ", false, 100, 130),
                        new LayerGrowth(2, null, "RUN old", false, 7, 0),
                        new LayerGrowth(null, 1, "RUN new", false, 0, 5));
    }

    @Test
    void whatIsOfAnotherImageOrPlatformIsRefused() throws BitnetException {
        before.name("acme/other:1.0").layer("x").file("a", 1);
        after.name("localhost:5000/acme/bitnet:2.0").layer("x").file("a", 1);

        assertThatThrownBy(() -> compare(before, after))
                .isInstanceOf(GrowthException.class)
                .hasMessage("old is of the image acme/other:1.0, so the growth of localhost:5000/acme/bitnet:2.0 cannot be"
                        + " told. Name another baseline with <growth><baseline> (-Dbitnet.baseline), or record a new one"
                        + " with bitnet:baseline.");
        assertThat(compare(before.name("acme/bitnet@sha256:" + "0".repeat(64)), after).files()).isEmpty();
        assertThat(compare(before.name("x/image.tar").source(SourceKind.OCI_ARCHIVE), after).files()).isEmpty();
    }

    @RepeatedTest(50)
    void whatCameLessWhatWentIsTheDifferenceOfTheVisibleBytes() throws BitnetException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (TestImage image : new TestImage[] {before, after}) {
            if (random.nextBoolean()) {
                image.contentsNotRead();
            }
            for (int layer = random.nextInt(4); layer >= 0; layer--) {
                TestImage.LayerOfTest files = image.layer("RUN " + random.nextInt(5));
                for (String path : "a b c/a c/b d/e/f d/e/g".split(" ")) {
                    switch (random.nextInt(4)) {
                        case 0, 1 -> files.file(path, random.nextInt(5), "" + random.nextInt(3));
                        case 2 -> files.whiteout(path);
                        default -> {}
                    }
                }
            }
        }

        Growth growth = compare(before, after);

        FileTotals totals = growth.totals();
        assertThat(totals.addedBytes() - totals.removedBytes() + totals.resizedBytes())
                .as("seed %d", seed)
                .isEqualTo(growth.after().visibleBytes() - growth.before().visibleBytes());
        assertThat(growth.files().stream().mapToLong(FileGrowth::bytes).sum())
                .as("seed %d", seed)
                .isEqualTo(growth.after().visibleBytes() - growth.before().visibleBytes());
    }
}
