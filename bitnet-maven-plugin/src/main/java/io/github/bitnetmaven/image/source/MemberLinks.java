package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.layer.EntryPath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Links between the members of an archive: legacy archives and skopeo's store layers as links to other members. */
final class MemberLinks {
    private static final int MAXIMUM_STEPS = 16;

    private final Map<String, String> targets = new HashMap<>();

    /** The target of a symbolic link is relative to the link's directory. */
    void addSymbolic(String path, String target) {
        int slash = path.lastIndexOf('/');
        String base = target.startsWith("/") || slash < 0 ? "" : path.substring(0, slash + 1);
        targets.put(path, normalize(base + target));
    }

    void addHard(String path, String target) {
        targets.put(path, normalize(target));
    }

    void remove(String path) {
        targets.remove(path);
    }

    int size() {
        return targets.size();
    }

    /** Where a path leads; a circle leads back to the path, which is then no file. */
    String resolve(String path) {
        String at = normalize(path);
        for (int step = 0; step < MAXIMUM_STEPS && targets.containsKey(at); step++) {
            at = targets.getOrDefault(at, at);
        }
        return at;
    }

    static String normalize(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return EntryPath.text(bytes, 0, EntryPath.normalize(bytes, bytes.length, bytes));
    }
}
