package io.github.bitnetmaven.audit.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database of Debian packages: {@code /var/lib/dpkg/status}, or, in distroless images, the files of
 * {@code /var/lib/dpkg/status.d} (Debian Policy, chapter 5).
 */
final class DebianStatusReader implements ContentReader {
    static final String STATUS = "var/lib/dpkg/status";
    static final String DIRECTORY = "var/lib/dpkg/status.d/";
    private static final List<String> FIELDS = List.of(
            "package", "status", "section", "priority", "essential", "depends", "pre-depends", "provides");

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return bytes <= PathList.MAXIMUM_BYTES && isStatus(path);
    }

    static boolean isStatus(String path) {
        return path.equals(STATUS)
                || path.startsWith(DIRECTORY) && !path.endsWith(DebianListReader.SUMS);
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        StringBuilder packages = new StringBuilder();
        Map<String, String> stanza = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                add(stanza, packages);
                stanza.clear();
            } else if (line.charAt(0) != ' ' && line.indexOf(':') > 0) {
                String field = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                if (FIELDS.contains(field)) {
                    stanza.put(field, line.substring(line.indexOf(':') + 1).strip());
                }
            }
        }
        add(stanza, packages);
        return packages.toString();
    }

    private static void add(Map<String, String> stanza, StringBuilder packages) {
        String name = stanza.getOrDefault("package", "");
        String status = stanza.getOrDefault("status", "install ok installed");
        if (name.isEmpty() || !status.endsWith(" installed")) {
            return;
        }
        String priority = stanza.getOrDefault("priority", "");
        boolean system = priority.equals("required")
                || priority.equals("important")
                || stanza.getOrDefault("essential", "").equals("yes");
        List<String> needed = new ArrayList<>(names(stanza.getOrDefault("pre-depends", "")));
        needed.addAll(names(stanza.getOrDefault("depends", "")));
        packages.append(new DebianPackage(
                                name,
                                stanza.getOrDefault("section", ""),
                                system,
                                needed,
                                names(stanza.getOrDefault("provides", "")))
                        .encode())
                .append('\n');
    }

    /** The names in a list of relations, alternatives too, without versions and architectures. */
    private static List<String> names(String relations) {
        List<String> names = new ArrayList<>();
        for (String relation : relations.split("[,|]")) {
            String name = relation.strip().split("[ :(]", 2)[0];
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
