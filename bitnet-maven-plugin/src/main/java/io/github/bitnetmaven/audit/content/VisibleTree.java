package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The merged file system as a program in the container finds its way in it: symbolic links are followed. */
public final class VisibleTree {
    /** As Linux does. */
    private static final int MAX_LINKS = 40;

    private static final int MAX_KNOWN = 100_000;

    private final Image image;
    private final MergedFileSystem files;
    private final Map<String, String> realDirectories = new HashMap<>();

    VisibleTree(Image image) {
        this.image = image;
        this.files = image.files();
    }

    /** The file at the end of all links; -1 when there is none, or a directory. */
    public int file(String path) {
        String real = real(path);
        int found = real == null ? -1 : files.find(real);
        return found >= 0 && files.type(found) != EntryType.DIRECTORY ? found : -1;
    }

    /** The entry at a path whose directory may be reached through links; the entry itself may be a link. */
    int entry(String path) {
        int direct = files.find(path);
        int slash = path.lastIndexOf('/');
        if (direct >= 0 || slash < 0) {
            return direct;
        }
        String directory = realDirectory(path.substring(0, slash));
        return directory == null ? -1 : files.find(directory + path.substring(slash));
    }

    private @Nullable String realDirectory(String directory) {
        String known = realDirectories.get(directory);
        if (known == null) {
            known = real(directory);
            if (known != null && realDirectories.size() < MAX_KNOWN) {
                realDirectories.put(directory, known);
            }
        }
        return known;
    }

    /** The path without links, {@code .} and {@code ..}; null when links go round in circles. */
    public @Nullable String real(String path) {
        Deque<String> left = new ArrayDeque<>(List.of(path.split("/")));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(name);
            String target = linkTarget(files.find(String.join("/", done)));
            if (target == null) {
                continue;
            }
            if (++links > MAX_LINKS) {
                return null;
            }
            done.remove(done.size() - 1);
            if (target.startsWith("/")) {
                done.clear();
            }
            List<String> names = List.of(target.split("/"));
            for (int i = names.size() - 1; i >= 0; i--) {
                left.addFirst(names.get(i));
            }
        }
        return String.join("/", done);
    }

    private @Nullable String linkTarget(int file) {
        if (file < 0 || files.type(file) != EntryType.SYMLINK) {
            return null;
        }
        EntryTable entries = image.layers().get(files.layer(file)).entries();
        return entries.linkTarget(files.entryOfLayer(file));
    }
}
