package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that one run tells everything. */
public final class Problems {
    private static final int MAX_SHOWN = 200;

    private final List<String> sentences = new ArrayList<>();

    /** Adds a whole sentence. */
    public void add(String sentence) {
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    /** Throws all that was added, if anything was. */
    public void throwIfAny() throws ConfigurationException {
        if (sentences.size() == 1) {
            throw new ConfigurationException(sentences.get(0));
        }
        if (!sentences.isEmpty()) {
            throw new ConfigurationException("The configuration has " + sentences.size() + " problems:\n- "
                    + String.join("\n- ", sentences));
        }
    }

    /** The text with control characters made visible, cut to a length that fits a message. */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_SHOWN; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                shown.append("\\n");
            } else if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > MAX_SHOWN ? shown.append('…').toString() : shown.toString();
    }
}
