package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageConfiguration;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds images entry by entry, with the simplest merge that is right. Paths are ASCII. */
public final class TestImage {
    private final List<LayerOfTest> layers = new ArrayList<>();
    private String name = "acme/bitnet:1.0";
    private boolean historyAligned = true;
    private boolean contentsRead = true;
    private Image.SourceKind source = Image.SourceKind.ENGINE;
    private String user = "65532:65532";
    private List<String> uncheckedDigests = List.of();

    private record Entry(
            String path, EntryType type, long bytes, @Nullable String linkTarget, @Nullable String content, int mode) {}

    private record Visible(int layer, int entry) {}

    /** A layer under construction. */
    public static final class LayerOfTest {
        private final List<Entry> entries = new ArrayList<>();
        private final String createdBy;
        private final boolean base;
        private @Nullable Long packed;
        private @Nullable String diffId;

        private LayerOfTest(String createdBy, boolean base) {
            this.createdBy = createdBy;
            this.base = base;
        }

        /** A file whose content is told apart from others by its path. */
        public LayerOfTest file(String path, long bytes) {
            return file(path, bytes, "content of " + path);
        }

        public LayerOfTest file(String path, long bytes, String content) {
            entries.add(new Entry(path, EntryType.FILE, bytes, null, content, 0644));
            return this;
        }

        public LayerOfTest hardLink(String path, String target) {
            entries.add(new Entry(path, EntryType.HARDLINK, 0, target, null, 0644));
            return this;
        }

        public LayerOfTest symbolicLink(String path, String target) {
            entries.add(new Entry(path, EntryType.SYMLINK, target.length(), target, null, 0777));
            return this;
        }

        public LayerOfTest whiteout(String path) {
            entries.add(new Entry(path, EntryType.WHITEOUT, 0, null, null, 0));
            return this;
        }

        /** Else it is a number. */
        public LayerOfTest diffId(String id) {
            diffId = id;
            return this;
        }

        public LayerOfTest packed(long bytes) {
            packed = bytes;
            return this;
        }
    }

    public TestImage name(String newName) {
        name = newName;
        return this;
    }

    public TestImage contentsNotRead() {
        contentsRead = false;
        return this;
    }

    public TestImage source(Image.SourceKind kind) {
        source = kind;
        return this;
    }

    public TestImage historyMissing() {
        historyAligned = false;
        return this;
    }

    public TestImage uncheckedDigests(String... digests) {
        uncheckedDigests = List.of(digests);
        return this;
    }

    /** Adds a layer on top. */
    public LayerOfTest layer(String createdBy) {
        LayerOfTest layer = new LayerOfTest(createdBy, false);
        layers.add(layer);
        return layer;
    }

    public LayerOfTest baseLayer(String createdBy) {
        LayerOfTest layer = new LayerOfTest(createdBy, true);
        layers.add(layer);
        return layer;
    }

    public Image build() {
        List<Layer> built = new ArrayList<>();
        TreeMap<String, Visible> merged = new TreeMap<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerOfTest layer = layers.get(i);
            merge(merged, i, layer.entries);
            built.add(new Layer(
                    i,
                    layer.diffId == null ? "sha256:" + String.format("%064x", i + 1) : layer.diffId,
                    layer.createdBy,
                    layer.base,
                    layer.packed,
                    layer.entries.stream().mapToLong(Entry::bytes).sum(),
                    layer.entries.stream().filter(entry -> isFile(entry.type())).count(),
                    new Table(layer.entries, contentsRead)));
        }
        return new Image(
                name,
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                source,
                new ImageConfiguration(
                        "linux", "amd64", null, user, List.of(), List.of(), List.of(), List.of(), Map.of(),
                        historyAligned),
                built,
                new Files(merged),
                uncheckedDigests);
    }

    private static void merge(TreeMap<String, Visible> merged, int layer, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.type() == EntryType.WHITEOUT) {
                merged.keySet().removeIf(path -> path.equals(entry.path()) || path.startsWith(entry.path() + "/"));
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).type() != EntryType.WHITEOUT) {
                merged.put(entries.get(i).path(), new Visible(layer, i));
            }
        }
    }

    private static boolean isFile(EntryType type) {
        return type == EntryType.FILE || type == EntryType.SYMLINK || type == EntryType.HARDLINK;
    }

    private record Table(List<Entry> entries, boolean contentsRead) implements EntryTable {
        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public String path(int entry) {
            return entries.get(entry).path();
        }

        @Override
        public EntryType type(int entry) {
            return entries.get(entry).type();
        }

        @Override
        public long bytes(int entry) {
            return entries.get(entry).bytes();
        }

        @Override
        public int mode(int entry) {
            return entries.get(entry).mode();
        }

        @Override
        public @Nullable String linkTarget(int entry) {
            return entries.get(entry).linkTarget();
        }

        @Override
        public @Nullable String contentDigest(int entry) {
            return contentsRead ? entries.get(entry).content() : null;
        }
    }

    private final class Files implements MergedFileSystem {
        private final List<String> paths;
        private final List<Visible> visible;
        private final List<Long> bytes = new ArrayList<>();

        Files(TreeMap<String, Visible> merged) {
            paths = List.copyOf(merged.keySet());
            visible = List.copyOf(merged.values());
            Set<String> counted = new HashSet<>();
            for (Visible file : visible) {
                Visible content = content(file);
                bytes.add(counted.add(file.layer() + entry(content).path()) ? entry(content).bytes() : 0);
            }
        }

        @Override
        public int find(String path) {
            return paths.indexOf(path);
        }

        private Visible content(Visible file) {
            Entry entry = entry(file);
            List<Entry> entries = layers.get(file.layer()).entries;
            for (int i = 0; i < entries.size() && entry.type() == EntryType.HARDLINK; i++) {
                if (entries.get(i).path().equals(entry.linkTarget())) {
                    return new Visible(file.layer(), i);
                }
            }
            return file;
        }

        @Override
        public int contentLayer(int entry) {
            return content(visible.get(entry)).layer();
        }

        @Override
        public int contentEntry(int entry) {
            return content(visible.get(entry)).entry();
        }

        @Override
        public int hiddenBy(int layer, int entry) {
            String path = layers.get(layer).entries.get(entry).path();
            for (int above = layer + 1; above < layers.size(); above++) {
                for (Entry other : layers.get(above).entries) {
                    boolean removed = other.type() == EntryType.WHITEOUT && path.startsWith(other.path() + "/");
                    if (removed || other.path().equals(path)) {
                        return above;
                    }
                }
            }
            return -1;
        }

        private Entry entry(Visible file) {
            return layers.get(file.layer()).entries.get(file.entry());
        }

        @Override
        public int size() {
            return paths.size();
        }

        @Override
        public String path(int entry) {
            return paths.get(entry);
        }

        @Override
        public EntryType type(int entry) {
            return entry(visible.get(entry)).type();
        }

        @Override
        public long bytes(int entry) {
            return bytes.get(entry);
        }

        @Override
        public int layer(int entry) {
            return visible.get(entry).layer();
        }

        @Override
        public int entryOfLayer(int entry) {
            return visible.get(entry).entry();
        }

        @Override
        public long visibleBytes() {
            return bytes.stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public long fileCount() {
            return visible.stream().filter(file -> isFile(entry(file).type())).count();
        }
    }
}
