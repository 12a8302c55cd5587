package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.progress.LineProgress;
import io.github.bitnetmaven.progress.Progress;
import io.github.bitnetmaven.progress.TerminalProgress;
import io.github.bitnetmaven.report.format.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** What the place is like where Maven's output goes. */
final class Console {
    /** What Maven puts before each line. */
    private static final String PREFIX = "[INFO] ";

    private final MavenSession session;
    private final Log log;

    Console(MavenSession session, Log log) {
        this.session = session;
        this.log = log;
    }

    /** A bar on a terminal; a line now and then in batch mode, in a file, or where a build server reads. */
    Progress progress() {
        if (!isTerminal()) {
            return new LineProgress(log::info);
        }
        return new TerminalProgress(out());
    }

    /** Prints a line as it is, for a program that reads the log. */
    void print(String line) {
        PrintStream out = out();
        out.print(line + "\n");
        out.flush();
    }

    /** Maven 4 turns what is printed to System.out into lines of its log. */
    private static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset());
    }

    Style style() {
        // Maven 4's name, then that of Maven 3.
        String asked = session.getUserProperties()
                .getProperty("maven.style.color", session.getUserProperties().getProperty("style.color", "auto"));
        boolean coloured = isColoured(asked, isTerminal(), System.getenv());
        int columns = TerminalWidth.columns(System.getenv(), isTerminal());
        return new Style(columns - PREFIX.length(), coloured, charset().name().startsWith("UTF"));
    }

    /**
     * Whether colours are wanted.
     *
     * @param asked {@code always}, {@code never} or {@code auto}
     * @see <a href="https://no-color.org">NO_COLOR</a>
     */
    static boolean isColoured(String asked, boolean terminal, Map<String, String> environment) {
        return switch (asked.toLowerCase(Locale.ROOT)) {
            case "always", "true", "yes", "force" -> true;
            case "never", "false", "no", "none" -> false;
            default -> terminal
                    && environment.getOrDefault("NO_COLOR", "").isEmpty()
                    && !"dumb".equals(environment.get("TERM"));
        };
    }

    private boolean isTerminal() {
        return session.getRequest().isInteractiveMode()
                && session.getRequest().getLoggingLevel() == MavenExecutionRequest.LOGGING_LEVEL_INFO
                && isConsole()
                && System.getenv("CI") == null;
    }

    /** From Java 22 on there is a console even where there is no terminal. */
    private static boolean isConsole() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding"}) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name.toLowerCase(Locale.ROOT))) {
                return Charset.forName(name);
            }
        }
        return Charset.defaultCharset();
    }
}
