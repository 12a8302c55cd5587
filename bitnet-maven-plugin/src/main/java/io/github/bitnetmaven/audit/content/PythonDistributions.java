package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Python distributions that an image has installed, wherever. */
public final class PythonDistributions {
    private static final String COMPILED = "/__pycache__";

    private final Map<String, String> directories = new HashMap<>();
    private final Owners owners;

    /**
     * @param facts path of a RECORD to what its reader told
     */
    PythonDistributions(MergedFileSystem files, VisibleTree tree, Map<String, String> facts) {
        owners = new Owners(files.size());
        facts.forEach((path, told) -> {
            if (path.endsWith(PythonRecordReader.RECORD)) {
                String information = path.substring(0, path.lastIndexOf('/'));
                int slash = information.lastIndexOf('/');
                String place = slash < 0 ? "" : information.substring(0, slash + 1);
                String name = name(information.substring(slash + 1));
                PathList.forEach(told, listed -> add(tree, files, place, listed, name));
            }
        });
        if (!directories.isEmpty()) {
            giveDirectories(files);
        }
    }

    private void add(VisibleTree tree, MergedFileSystem files, String place, String listed, String name) {
        if (listed.endsWith("/")) {
            directories.putIfAbsent(place + listed.substring(0, listed.length() - 1), name);
            return;
        }
        String real = tree.real(listed.startsWith("/") ? listed : place + listed);
        int file = real == null ? -1 : files.find(real);
        if (file >= 0 && files.type(file) != EntryType.DIRECTORY) {
            owners.give(file, name);
        }
    }

    private void giveDirectories(MergedFileSystem files) {
        String last = "";
        String owner = null;
        for (int i = 0; i < files.size(); i++) {
            if (files.type(i) == EntryType.DIRECTORY) {
                continue;
            }
            String path = files.path(i);
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                continue;
            }
            if (slash != last.length() || !path.startsWith(last)) {
                last = path.substring(0, slash);
                owner = directories.get(last.endsWith(COMPILED) ? last.substring(0, slash - COMPILED.length()) : last);
            }
            if (owner != null) {
                owners.give(i, owner);
            }
        }
    }

    /** The normalized name (Python packaging user guide, "Names and normalization") of {@code Name-1.0.dist-info}. */
    private static String name(String directory) {
        int dash = directory.indexOf('-');
        return directory.substring(0, dash < 0 ? directory.length() : dash)
                .replaceAll("[-_.]+", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** The distribution that a file of the merged file system belongs to; null when it is none's. */
    public @Nullable String of(int file) {
        return owners.of(file);
    }
}
