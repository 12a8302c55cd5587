package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts values into a Dockerfile so that none can leave its place: what could is refused, not escaped, because two
 * builders and a shell read the same line by different rules.
 */
final class DockerfileText {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@\\[\\]-]{0,1023}");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,254}");
    private static final Pattern CMAKE_OPTION = Pattern.compile("-[DUW][A-Za-z0-9].*", Pattern.DOTALL);
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");
    private static final int MAX_TEXT = 4000;
    private static final int MAX_SHOWN = 200;

    private DockerfileText() {}

    /** The name of an image, for FROM. */
    static String reference(String where, String value) throws ConfigurationException {
        return matching(REFERENCE, where, value, "is not the name of an image");
    }

    /** A name without directories, such as a model's file name or an executable. */
    static String fileName(String where, String value) throws ConfigurationException {
        return matching(
                FILE_NAME,
                where,
                value,
                "is not a plain file name. It may hold letters, digits, '.', '_', '+' and '-', and begins with a letter,"
                        + " a digit or '_'");
    }

    private static String matching(Pattern pattern, String where, String value, String why)
            throws ConfigurationException {
        if (!pattern.matcher(value).matches()) {
            throw new ConfigurationException(where + " is '" + printable(value) + "', which " + why + ".");
        }
        return value;
    }

    /** An option of CMake's configuration. */
    static String cmakeOption(String where, String value) throws ConfigurationException {
        if (!CMAKE_OPTION.matcher(value).matches()) {
            throw new ConfigurationException(where + " holds '" + printable(value) + "', but only options such as"
                    + " -DNAME=VALUE may be added: -D, -U and -W.");
        }
        return safe(where, value, "'\"`$\\");
    }

    /** {@code "text"}, for ENV and LABEL. */
    static String quoted(String where, String value) throws ConfigurationException {
        return '"' + safe(where, value, "\"`$\\") + '"';
    }

    private static String safe(String where, String value, String forbidden) throws ConfigurationException {
        if (value.length() > MAX_TEXT) {
            throw new ConfigurationException(
                    where + " is longer than the " + MAX_TEXT + " characters that fit into a Dockerfile: '"
                            + printable(value) + "'.");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean lineEnd = c == '\u2028' || c == '\u2029';
            if (Character.isISOControl(c) || lineEnd || forbidden.indexOf(c) >= 0) {
                throw new ConfigurationException(where + " holds '" + printable(value) + "', but the character "
                        + printable(String.valueOf(c)) + " cannot stand in a Dockerfile. Leave it out.");
            }
        }
        if (value.contains("<<")) {
            throw new ConfigurationException(
                    where + " holds '" + printable(value) + "', but << begins a heredoc in a Dockerfile. Leave it out.");
        }
        return value;
    }

    /** A command line for the shell of RUN, options on lines of their own. */
    static String command(List<String> words) {
        return words.stream()
                .map(word -> (word.startsWith("-D") ? "\\\n        " : "") + shellWord(word))
                .collect(Collectors.joining(" "));
    }

    private static String shellWord(String word) {
        if (word.indexOf('\'') >= 0 || word.indexOf('\n') >= 0 || word.endsWith("\\")) {
            throw new IllegalArgumentException("Not checked before: " + printable(word));
        }
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word + "'";
    }

    /** The exec form of a command: a JSON array. The words were checked before. */
    static String execForm(List<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    /** The text on one line, for a comment or a message. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_SHOWN; i++) {
            char c = text.charAt(i);
            boolean visible = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            shown.append(visible ? String.valueOf(c) : c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
        }
        return text.length() > MAX_SHOWN ? shown.append('…').toString() : shown.toString();
    }
}
