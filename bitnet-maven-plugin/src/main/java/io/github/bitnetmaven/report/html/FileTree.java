package io.github.bitnetmaven.report.html;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.InventoryFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files by component and directory, as many as a page can hold: the largest ones. The others are counted, with their
 * bytes, in the nearest directory that is shown, so that all still add up. Never more than a few times of what a page
 * holds is in memory, however many files there are.
 */
final class FileTree {
    /** Deeper directories are shown as one name. */
    private static final int MAXIMUM_DEPTH = 64;

    private static final int MAXIMUM_COMPONENTS = 100;
    private static final String OTHERS = "others";
    /** How many times the limits are let pass before what is too small is folded. */
    private static final int SLACK = 3;

    private final Map<String, Directory> components = new LinkedHashMap<>();
    private final Limits limits;
    private int nodes;
    private int bytes;
    private @Nullable Directory lastDirectory;
    private String lastPath = "";
    private String lastComponent = "";

    /**
     * What a page can hold.
     *
     * @param nodes files and directories
     * @param bytes of the tree when it is written
     */
    record Limits(int nodes, int bytes) {}

    /**
     * An empty tree.
     *
     * @param components of the audit
     */
    FileTree(List<Component> components, Limits limits) {
        this.limits = limits;
        components.stream()
                .sorted(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name))
                .limit(MAXIMUM_COMPONENTS)
                .forEach(component ->
                        this.components.put(component.name(), new Directory(PageJson.name(component.name()), null)));
        if (components.size() > MAXIMUM_COMPONENTS) {
            this.components.putIfAbsent(OTHERS, new Directory(OTHERS, null));
        }
    }

    /** Component by component, largest first. */
    List<Directory> components() {
        return List.copyOf(components.values());
    }

    /** Adds a file; sorted by path they are added fastest. */
    void add(InventoryFile file) {
        int slash = file.path().lastIndexOf('/');
        Directory directory = directory(file.component(), slash < 0 ? "" : file.path().substring(0, slash));
        Leaf leaf = new Leaf(PageJson.name(file.path().substring(slash + 1)), file.bytes(), file.layer(), directory);
        directory.files.add(leaf);
        charge(leaf.cost);
        for (Directory each = directory; each != null; each = each.parent) {
            each.bytes += file.bytes();
        }
        if (nodes > SLACK * limits.nodes || bytes > SLACK * limits.bytes) {
            fold();
        }
    }

    private Directory directory(String component, String path) {
        if (lastDirectory != null && path.equals(lastPath) && component.equals(lastComponent)) {
            return lastDirectory;
        }
        Directory directory = components.getOrDefault(component, components.get(OTHERS));
        if (!path.isEmpty()) {
            for (String raw : path.split("/", MAXIMUM_DEPTH)) {
                String name = PageJson.name(raw);
                Directory next = directory.directories.get(name);
                if (next == null) {
                    next = new Directory(name, directory);
                    directory.directories.put(name, next);
                    charge(next.cost);
                }
                directory = next;
            }
        }
        lastDirectory = directory;
        lastPath = path;
        lastComponent = component;
        return directory;
    }

    private void charge(int cost) {
        nodes++;
        bytes += cost;
    }

    /** Folds the smallest files until the tree is within its limits. */
    void fold() {
        lastDirectory = null;
        if (nodes <= limits.nodes && bytes <= limits.bytes) {
            return;
        }
        List<Leaf> leaves = new ArrayList<>();
        components.values().forEach(component -> component.collect(leaves));
        // The sort is stable: what is equal stays in the order of the paths.
        leaves.sort(Comparator.comparingLong((Leaf leaf) -> leaf.bytes).reversed());
        nodes = 0;
        bytes = 0;
        leaves.forEach(this::keep);
        components.values().forEach(Directory::sweep);
    }

    private void keep(Leaf leaf) {
        int newNodes = 1;
        int newBytes = leaf.cost;
        for (Directory each = leaf.directory; each.parent != null && !each.kept; each = each.parent) {
            newNodes++;
            newBytes += each.cost;
        }
        if (nodes + newNodes > limits.nodes || bytes + newBytes > limits.bytes) {
            return;
        }
        nodes += newNodes;
        bytes += newBytes;
        leaf.kept = true;
        for (Directory each = leaf.directory; each != null && !each.kept; each = each.parent) {
            each.kept = true;
        }
    }

    /** A file that is shown. */
    static final class Leaf {
        final String name;
        final long bytes;
        final int layer;
        private final int cost;
        private final Directory directory;
        private boolean kept;

        Leaf(String name, long bytes, int layer, Directory directory) {
            this.name = name;
            this.bytes = bytes;
            this.layer = layer;
            this.directory = directory;
            this.cost = PageJson.cost(name);
        }
    }

    /** A directory with a file in it that is shown, or a component. */
    static final class Directory {
        final String name;
        long bytes;
        long restFiles;
        long restBytes;
        private final @Nullable Directory parent;
        private final int cost;
        private boolean kept;
        private final Map<String, Directory> directories = new LinkedHashMap<>();
        private final List<Leaf> files = new ArrayList<>();

        Directory(String name, @Nullable Directory parent) {
            this.name = name;
            this.parent = parent;
            this.cost = PageJson.cost(name);
        }

        /** Largest first. */
        List<Directory> directories() {
            return directories.values().stream()
                    .sorted(Comparator.comparingLong((Directory directory) -> directory.bytes)
                            .reversed()
                            .thenComparing(directory -> directory.name))
                    .toList();
        }

        /** Largest first. */
        List<Leaf> files() {
            return files.stream()
                    .sorted(Comparator.comparingLong((Leaf leaf) -> leaf.bytes)
                            .reversed()
                            .thenComparing(leaf -> leaf.name))
                    .toList();
        }

        private void collect(List<Leaf> leaves) {
            leaves.addAll(files);
            directories.values().forEach(directory -> directory.collect(leaves));
        }

        /** Takes in what is not kept, with all its bytes. */
        private void sweep() {
            for (Leaf leaf : files) {
                if (!leaf.kept) {
                    restFiles++;
                    restBytes += leaf.bytes;
                }
            }
            files.removeIf(leaf -> !leaf.kept);
            files.forEach(leaf -> leaf.kept = false);
            for (Directory directory : directories.values()) {
                directory.sweep();
                if (!directory.kept) {
                    restFiles += directory.restFiles;
                    restBytes += directory.restBytes;
                }
            }
            directories.values().removeIf(directory -> !directory.kept);
            directories.values().forEach(directory -> directory.kept = false);
        }
    }
}
