package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Debian packages of an image, by dpkg's database. */
public final class DebianPackages {
    private final Map<String, DebianPackage> installed = new TreeMap<>();
    private final Set<String> automatic = new HashSet<>();
    private final Owners owners;

    /**
     * @param facts path to what the readers of dpkg's files told
     */
    DebianPackages(MergedFileSystem files, VisibleTree tree, Map<String, String> facts) {
        owners = new Owners(files.size());
        facts.forEach((path, told) -> {
            if (path.equals(AutoInstalledReader.PATH)) {
                told.lines().forEach(automatic::add);
            } else if (DebianStatusReader.isStatus(path)) {
                told.lines().map(DebianPackage::decode).forEach(found -> installed.putIfAbsent(found.name(), found));
            } else if (DebianListReader.isList(path)) {
                String name = name(path);
                PathList.forEach(told, listed -> {
                    int file = tree.entry(listed);
                    if (file >= 0 && files.type(file) != EntryType.DIRECTORY) {
                        owners.give(file, name);
                    }
                });
            }
        });
        giveDatabase(files, facts);
    }

    /** What dpkg keeps about a package goes when the package goes. */
    private void giveDatabase(MergedFileSystem files, Map<String, String> facts) {
        for (String path : facts.keySet()) {
            if (DebianListReader.isList(path)) {
                int file = files.find(path);
                String stem = path.substring(0, path.lastIndexOf('.') + 1);
                while (file > 0 && files.path(file - 1).startsWith(stem)) {
                    file--;
                }
                while (file >= 0 && file < files.size() && files.path(file).startsWith(stem)) {
                    owners.give(file++, name(path));
                }
            }
        }
    }

    /** {@code libc6} of {@code /var/lib/dpkg/info/libc6:amd64.list}. */
    private static String name(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
        int colon = file.indexOf(':');
        return colon < 0 ? file : file.substring(0, colon);
    }

    /** The package that a file of the merged file system belongs to; null when it is none's. */
    public @Nullable String of(int file) {
        return owners.of(file);
    }

    /** By name. */
    public Map<String, DebianPackage> installed() {
        return Collections.unmodifiableMap(installed);
    }

    /** Whether apt installed it only because others need it. */
    public boolean isAutomatic(String name) {
        return automatic.contains(name);
    }
}
