package io.github.bitnetmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.NaiveMerge.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random stacks of layers, read from an archive, against a replay that is too simple to be wrong. Prints its seed. */
class RandomLayersTest {
    /** Few and short, so that layers meet; {@code b-} sorts between {@code b} and what is in it. */
    private static final List<String> NAMES = List.of("a", "b", "b-", "c");

    private static final ReadOptions VERIFIED = new ReadOptions(null, true, false, List.of(), List.of());

    @Property(tries = 1_000)
    void whatIsNotVisibleIsWasted(@ForAll("stacks") List<List<Entry>> stack) throws IOException, BitnetException {
        NaiveMerge expected = new NaiveMerge();
        ArchiveBuilder archive = new ArchiveBuilder();
        for (List<Entry> entries : stack) {
            List<Entry> possible = expected.apply(entries);
            archive.layer(layer(possible).bytes(), "RUN");
        }

        Path directory = Files.createTempDirectory("random-layers");
        Path file = archive.write(Form.DOCKER, directory);
        try {
            Image image = ArchiveBuilder.read(file, VERIFIED);

            assertThat(visible(image)).isEqualTo(expected.visible());
            assertThat(image.layers().stream().map(Layer::unpackedBytes).toList()).isEqualTo(expected.layerBytes());
            long unpacked = image.layers().stream().mapToLong(Layer::unpackedBytes).sum();
            assertThat(image.files().visibleBytes()).isEqualTo(expected.visibleBytes());
            assertThat(unpacked - image.files().visibleBytes()).isEqualTo(expected.wastedBytes());
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }

    /** Links and files: a link that shares content shows the bytes at its first path. */
    private static Map<String, Long> visible(Image image) {
        Map<String, Long> visible = new TreeMap<>();
        MergedFileSystem files = image.files();
        for (int i = 0; i < files.size(); i++) {
            if (files.type(i) != EntryType.DIRECTORY) {
                visible.put(files.path(i), files.bytes(i));
            }
        }
        return visible;
    }

    private static LayerBuilder layer(List<Entry> entries) {
        LayerBuilder layer = new LayerBuilder();
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case FILE -> layer.file(entry.path(), entry.bytes());
                case DIRECTORY -> layer.directory(entry.path());
                case SYMBOLIC_LINK -> layer.symbolicLink(entry.path(), "t".repeat(entry.bytes()));
                case HARD_LINK -> layer.hardLink(entry.path(), entry.target());
                case FIFO -> layer.fifo(entry.path());
                case WHITEOUT -> layer.whiteout(entry.path());
                case OPAQUE -> layer.opaque(entry.path());
            }
        }
        return layer;
    }

    @Provide
    Arbitrary<List<List<Entry>>> stacks() {
        return entry().list().ofMaxSize(12).list().ofMinSize(1).ofMaxSize(6);
    }

    private static Arbitrary<Entry> entry() {
        Arbitrary<NaiveMerge.Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(NaiveMerge.Kind.FILE)),
                Tuple.of(3, Arbitraries.just(NaiveMerge.Kind.DIRECTORY)),
                Tuple.of(2, Arbitraries.just(NaiveMerge.Kind.SYMBOLIC_LINK)),
                Tuple.of(3, Arbitraries.just(NaiveMerge.Kind.HARD_LINK)),
                Tuple.of(1, Arbitraries.just(NaiveMerge.Kind.FIFO)),
                Tuple.of(3, Arbitraries.just(NaiveMerge.Kind.WHITEOUT)),
                Tuple.of(1, Arbitraries.just(NaiveMerge.Kind.OPAQUE)));
        return Combinators.combine(kinds, path(), path(), Arbitraries.integers().between(0, 40)).as(Entry::new);
    }

    private static Arbitrary<String> path() {
        return Arbitraries.of(NAMES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(names -> String.join("/", new ArrayList<>(names)));
    }
}
