package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the contents of an image's files told. */
public final class Contents {
    private final Image image;
    private final MergedFileSystem files;
    private final BitSet programs = new BitSet();
    private final VisibleTree tree;
    private final DebianPackages debian;
    private final PythonDistributions python;
    private final List<String> linkerCache = new ArrayList<>();
    private final Linker linker;

    private Contents(Image image) {
        this.image = image;
        this.files = image.files();
        this.tree = new VisibleTree(image);
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            String told = told(i);
            if (told != null && ElfFacts.isEncoded(told)) {
                programs.set(i);
            } else if (told != null) {
                facts.put(files.path(i), told);
            }
        }
        this.debian = new DebianPackages(files, tree, facts);
        this.python = new PythonDistributions(files, tree, facts);
        PathList.forEach(facts.getOrDefault(LinkerCacheReader.PATH, ""), linkerCache::add);
        this.linker = new Linker(files, image.configuration(), this);
    }

    public static Contents of(Image image) {
        return new Contents(image);
    }

    private @Nullable String told(int file) {
        boolean content = files.type(file) == EntryType.FILE || files.type(file) == EntryType.HARDLINK;
        return content ? AuditObserver.told(table(file), files.contentEntry(file)) : null;
    }

    private EntryTable table(int file) {
        return image.layers().get(files.contentLayer(file)).entries();
    }

    /** What a file of the merged file system is as a program or library; null when it is none. */
    public @Nullable ElfFacts elf(int file) {
        String told = told(file);
        return told != null && ElfFacts.isEncoded(told) ? ElfFacts.decode(told) : null;
    }

    /** The files of the merged file system that are ELF programs or libraries. */
    public IntStream programs() {
        return programs.stream();
    }

    public boolean isProgram(int file) {
        return programs.get(file);
    }

    public VisibleTree tree() {
        return tree;
    }

    public DebianPackages debian() {
        return debian;
    }

    public PythonDistributions python() {
        return python;
    }

    public Linker linker() {
        return linker;
    }

    /** Paths of the libraries that glibc's loader knows by its cache. */
    public List<String> linkerCache() {
        return List.copyOf(linkerCache);
    }

    /** The Debian package or Python distribution that a file belongs to; null when it is none's. */
    public @Nullable String owner(int file) {
        String owner = debian.of(file);
        return owner == null ? python.of(file) : owner;
    }

    /** Checksum of a file's content; null when it is not known. */
    public @Nullable String checksum(int file) {
        return AuditObserver.checksum(table(file), files.contentEntry(file));
    }

    /** Checksum of the content that an entry of a layer brings; null when it is not known. */
    public @Nullable String checksum(int layer, int entry) {
        return AuditObserver.checksum(image.layers().get(layer).entries(), entry);
    }
}
