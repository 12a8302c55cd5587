package io.github.bitnetmaven.audit.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of some names each file of the merged file system belongs to; two bytes for a file. */
final class Owners {
    private static final int MOST = Character.MAX_VALUE;

    private final char[] ofFile;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Character> numbers = new HashMap<>();

    Owners(int files) {
        this.ofFile = new char[files];
        names.add("");
    }

    /** The first name that is given to a file stays. */
    void give(int file, String name) {
        if (ofFile[file] != 0) {
            return;
        }
        Character number = numbers.get(name);
        if (number == null) {
            if (names.size() == MOST) {
                return;
            }
            number = (char) names.size();
            numbers.put(name, number);
            names.add(name);
        }
        ofFile[file] = number;
    }

    @Nullable String of(int file) {
        return ofFile[file] == 0 ? null : names.get(ofFile[file]);
    }
}
