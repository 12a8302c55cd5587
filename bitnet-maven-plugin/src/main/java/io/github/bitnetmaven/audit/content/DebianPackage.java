package io.github.bitnetmaven.audit.content;

import java.util.List;

/**
 * An installed Debian package.
 *
 * @param section such as {@code devel} or {@code non-free/libs}
 * @param system whether the system itself needs it: essential, or of priority required or important
 * @param needs names of packages; of alternatives all
 * @param provides names that other packages may need instead of its own
 */
public record DebianPackage(
        String name, String section, boolean system, List<String> needs, List<String> provides) {

    public DebianPackage {
        needs = List.copyOf(needs);
        provides = List.copyOf(provides);
    }

    /** The section without its area. */
    public String shortSection() {
        return section.substring(section.lastIndexOf('/') + 1);
    }

    String encode() {
        return String.join(
                "\t", name, section, system ? "!" : "", String.join(" ", needs), String.join(" ", provides));
    }

    static DebianPackage decode(String line) {
        String[] parts = line.split("\t", -1);
        return new DebianPackage(parts[0], parts[1], !parts[2].isEmpty(), words(parts[3]), words(parts[4]));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
