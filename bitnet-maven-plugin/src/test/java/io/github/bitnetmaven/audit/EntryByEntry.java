package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.MergedFileSystem;
import io.github.bitnetmaven.image.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** Tests of an image that is built entry by entry. */
abstract class EntryByEntry {
    static final ReadOptions VERIFIED = new ReadOptions(null, true, false, List.of(), List.of());

    @TempDir
    Path directory;

    final ArchiveBuilder image = new ArchiveBuilder();

    /** What the audit says of an image, and what of its layers. */
    record Figures(long unpacked, long visible, long wasted, List<Long> layers) {
        static Figures of(Image read) throws BitnetException {
            Sizes sizes = sizes(read);
            return new Figures(
                    sizes.unpackedBytes(),
                    sizes.visibleBytes(),
                    sizes.wastedBytes(),
                    read.layers().stream().map(Layer::unpackedBytes).toList());
        }
    }

    /** The image as {@code docker save} writes it, read with every digest checked. */
    final Image read() throws IOException, BitnetException {
        return ArchiveBuilder.read(image.write(Form.DOCKER, directory), VERIFIED);
    }

    final Figures figures() throws IOException, BitnetException {
        return Figures.of(read());
    }

    static Sizes sizes(Image read) throws BitnetException {
        return Measurement.of(read, models()).sizes();
    }

    static PathPatterns models() throws BitnetException {
        return PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>");
    }

    /** Visible files and links with their bytes. */
    static Map<String, Long> visible(Image read) {
        MergedFileSystem files = read.files();
        Map<String, Long> visible = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            if (files.type(i) != EntryType.DIRECTORY) {
                visible.put(files.path(i), files.bytes(i));
            }
        }
        return visible;
    }

    /** 3,016 B, of which 3,006 are below {@code var/cache}. */
    static LayerBuilder cache() {
        return new LayerBuilder("RUN apt-get install")
                .directory("var")
                .directory("var/cache")
                .file("var/cache/a", 1_000)
                .directory("var/cache/deep")
                .file("var/cache/deep/b", 2_000)
                .symbolicLink("var/cache/link", "deep/b")
                .file("var/kept", 10);
    }
}
