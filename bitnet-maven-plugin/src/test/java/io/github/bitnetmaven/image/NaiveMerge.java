package io.github.bitnetmaven.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replays layers as an engine unpacks them, on a map from path to content: slow, and as simple as the specification
 * (OCI image specification, layer.md). Entries that no engine could unpack are left out of the layer.
 */
final class NaiveMerge {
    enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK,
        FIFO,
        WHITEOUT,
        OPAQUE
    }

    /**
     * @param target of a hard link
     * @param bytes of a file or a symbolic link's target
     */
    record Entry(Kind kind, String path, String target, int bytes) {}

    /** What is at a path. Hard links are several paths with one and the same node. */
    private static final class Node {
        private final Kind kind;
        private final int bytes;

        private Node(Kind kind, int bytes) {
            this.kind = kind;
            this.bytes = bytes;
        }
    }

    private TreeMap<String, Node> tree = new TreeMap<>();
    private final List<Long> layerBytes = new ArrayList<>();
    /** All that layers brought. */
    private final Set<Node> all = new HashSet<>();

    /** Unpacks a layer on top of what is there, and returns the entries that could be unpacked. */
    List<Entry> apply(List<Entry> entries) {
        TreeMap<String, Node> below = new TreeMap<>(tree);
        // A layer's own entries, so that whiteouts, which come first whatever their place, leave them alone.
        TreeMap<String, Node> own = new TreeMap<>();
        List<Entry> possible = new ArrayList<>();
        for (Entry entry : entries) {
            boolean mark = entry.kind() == Kind.WHITEOUT || entry.kind() == Kind.OPAQUE;
            Node lower = isTouched(entry.target(), entries) ? null : tree.get(entry.target());
            if (mark || unpack(entry, own, lower)) {
                possible.add(entry);
            }
        }
        removeFromBelow(possible, below);
        for (String path : parentsOf(possible, own)) {
            Node there = own.getOrDefault(path, below.get(path));
            if (there != null && there.kind != Kind.DIRECTORY && !own.containsKey(path)) {
                // A directory that is only implied replaces what is no directory.
                below.remove(path);
            }
        }
        own.forEach((path, node) -> {
            if (node.kind != Kind.DIRECTORY) {
                removeTree(below, path);
            }
        });
        below.putAll(own);
        tree = below;
        Set<Node> counted = new HashSet<>(own.values());
        // Links to files of lower layers bring nothing.
        counted.removeAll(all);
        all.addAll(counted);
        layerBytes.add(counted.stream().mapToLong(node -> node.bytes).sum());
        return possible;
    }

    /** Whether a layer does anything at, above or below a path, but for directories above it. */
    private static boolean isTouched(String path, List<Entry> entries) {
        return entries.stream()
                .anyMatch(entry -> entry.path().equals(path)
                        || entry.path().startsWith(path + "/")
                        || (entry.kind() != Kind.DIRECTORY && path.startsWith(entry.path() + "/")));
    }

    /**
     * @param lower what a hard link's target is in the layers below
     */
    private static boolean unpack(Entry entry, TreeMap<String, Node> own, @Nullable Node lower) {
        for (String parent = parent(entry.path()); !parent.isEmpty(); parent = parent(parent)) {
            if (own.containsKey(parent) && own.get(parent).kind != Kind.DIRECTORY) {
                return false;
            }
        }
        boolean hasBytes = entry.kind() == Kind.FILE || entry.kind() == Kind.SYMBOLIC_LINK;
        Node node = new Node(entry.kind(), hasBytes ? entry.bytes() : 0);
        if (entry.kind() == Kind.HARD_LINK) {
            Node target = own.getOrDefault(entry.target(), lower);
            if (target == null || target.kind == Kind.DIRECTORY || entry.target().equals(entry.path())
                    || entry.target().startsWith(entry.path() + "/")) {
                return false;
            }
            node = target;
        }
        if (node.kind != Kind.DIRECTORY) {
            removeTree(own, entry.path());
        } else if (own.containsKey(entry.path()) && own.get(entry.path()).kind != Kind.DIRECTORY) {
            own.remove(entry.path());
        }
        own.put(entry.path(), node);
        return true;
    }

    private static void removeFromBelow(List<Entry> entries, TreeMap<String, Node> below) {
        for (Entry entry : entries) {
            if (entry.kind() == Kind.WHITEOUT) {
                removeTree(below, entry.path());
            } else if (entry.kind() == Kind.OPAQUE) {
                below.keySet().removeIf(path -> path.startsWith(entry.path() + "/"));
            }
        }
    }

    /** Directories that a layer has, since it has something in them in the end. */
    private static Set<String> parentsOf(List<Entry> entries, TreeMap<String, Node> own) {
        List<String> paths = new ArrayList<>(own.keySet());
        for (Entry entry : entries) {
            if (entry.kind() == Kind.WHITEOUT || entry.kind() == Kind.OPAQUE) {
                paths.add(entry.kind() == Kind.OPAQUE ? entry.path() + "/" : entry.path());
            }
        }
        Set<String> parents = new HashSet<>();
        for (String path : paths) {
            for (String parent = parent(path); !parent.isEmpty(); parent = parent(parent)) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private static void removeTree(TreeMap<String, Node> tree, String path) {
        tree.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Bytes of visible files and links, at the first of the paths that share them. */
    Map<String, Long> visible() {
        Map<String, Long> visible = new TreeMap<>();
        Set<Node> charged = new HashSet<>();
        tree.forEach((path, node) -> {
            if (node.kind != Kind.DIRECTORY) {
                visible.put(path, charged.add(node) ? (long) node.bytes : 0);
            }
        });
        return visible;
    }

    long visibleBytes() {
        return visible().values().stream().mapToLong(Long::longValue).sum();
    }

    List<Long> layerBytes() {
        return layerBytes;
    }

    /** Counted node by node, not as a difference. */
    long wastedBytes() {
        Set<Node> visible = new HashSet<>(tree.values());
        return all.stream().filter(node -> !visible.contains(node)).mapToLong(node -> node.bytes).sum();
    }
}
