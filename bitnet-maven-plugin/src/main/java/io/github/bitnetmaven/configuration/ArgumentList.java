package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * Arguments of a command, as Maven fills them: either plain text, separated by white space, or one
 * {@code <argument>} for each, which may then hold spaces and commas.
 */
public final class ArgumentList {
    private final List<String> arguments = new ArrayList<>();

    /** Maven's setter for plain text. */
    public void set(String text) {
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                arguments.add(word);
            }
        }
    }

    /** Maven's setter for {@code <argument>}. */
    public void addArgument(String argument) {
        arguments.add(argument);
    }

    List<String> arguments() {
        return arguments;
    }

    @Override
    public String toString() {
        return String.join(" ", arguments);
    }
}
