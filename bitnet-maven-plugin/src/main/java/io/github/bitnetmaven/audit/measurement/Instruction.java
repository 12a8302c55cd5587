package io.github.bitnetmaven.audit.measurement;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instruction that made a layer. Builders write one Dockerfile line into the history in different ways; here they
 * all read as in the Dockerfile, without flags:
 *
 * <pre>
 * /bin/sh -c #(nop) COPY file:1f2e… in /app/models/   (classic)  COPY file:1f2e… /app/models/
 * COPY model.gguf /app/models/ # buildkit                        COPY model.gguf /app/models/
 * /bin/sh -c make                                     (classic)  RUN make
 * RUN |1 JOBS=2 /bin/sh -c make # buildkit                       RUN make
 * </pre>
 *
 * @param raw as in the history
 * @param text normalized, on one line, safe to print; empty when the history does not tell
 */
public record Instruction(String raw, String text) {
    /** Longer ones are cut: nobody reads them, and an image may hold megabytes of them. */
    private static final int MAX_LENGTH = 4_000;

    private static final Set<String> KEYWORDS = Set.of(
            "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
            "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR");
    private static final Pattern NOP = Pattern.compile("^.{0,200}?#\\(nop\\) ");
    private static final Pattern SHELL = Pattern.compile("^/\\S{1,100}(?: -\\S{1,40}| pipefail){0,5} -[a-z]{0,5}c ");
    private static final Pattern BUILD_ARGUMENTS = Pattern.compile("^\\|[0-9]{1,4} ");
    private static final Pattern FLAG = Pattern.compile("^--\\S+ ");
    private static final Pattern DIGEST = Pattern.compile("\\b(file|dir|multi):([0-9a-f]{8})[0-9a-f]{56}\\b");
    private static final String BUILDKIT = " # buildkit";

    public static Instruction of(String createdBy) {
        return new Instruction(createdBy, normalized(Printable.of(createdBy, MAX_LENGTH)));
    }

    private static String normalized(String shown) {
        String text = shown.endsWith(BUILDKIT) ? shown.substring(0, shown.length() - BUILDKIT.length()) : shown;
        Matcher nop = NOP.matcher(text);
        boolean classic = nop.find();
        if (classic) {
            text = text.substring(nop.end());
        }
        int blank = text.indexOf(' ');
        String keyword = blank < 0 ? text : text.substring(0, blank);
        String arguments = blank < 0 ? "" : text.substring(blank + 1);
        if (!KEYWORDS.contains(keyword)) {
            String command = withoutShell(text);
            return command.equals(text) ? text : "RUN " + command;
        }
        return switch (keyword) {
            case "RUN" -> "RUN " + withoutShell(withoutFlags(arguments));
            case "COPY", "ADD" -> keyword + " " + copied(withoutFlags(arguments), classic);
            default -> text;
        };
    }

    private static String withoutFlags(String arguments) {
        String rest = arguments;
        for (Matcher flag = FLAG.matcher(rest); flag.find(); flag = FLAG.matcher(rest)) {
            rest = rest.substring(flag.end());
        }
        return rest;
    }

    /** The classic builder writes {@code file:<sha256> in /target}, which would fill a line before the target. */
    private static String copied(String arguments, boolean classic) {
        int in = arguments.lastIndexOf(" in ");
        if (!classic || in < 0) {
            return arguments;
        }
        return DIGEST.matcher(arguments.substring(0, in)).replaceAll("$1:$2…") + " " + arguments.substring(in + 4);
    }

    private static String withoutShell(String command) {
        String rest = command;
        if (BUILD_ARGUMENTS.matcher(rest).find()) {
            // The values are not quoted: what they hold ends where the shell starts.
            int shell = rest.indexOf(" /");
            rest = shell < 0 ? rest : rest.substring(shell + 1);
            int sh = command.indexOf(" /bin/sh -c ");
            rest = sh < 0 ? rest : command.substring(sh + 1);
        }
        Matcher shell = SHELL.matcher(rest);
        return shell.find() ? rest.substring(shell.end()) : rest;
    }

    /** Whether the history tells no instruction. */
    public boolean isUnknown() {
        return text.isEmpty();
    }

    /** The instruction, cut to so many characters. */
    public String text(int length) {
        return Printable.of(text, length);
    }

    @Override
    public String toString() {
        return text;
    }
}
