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
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** What the place is like where Maven's output goes. */
final class Console {
    private static final int COLUMNS = 100;

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
        String colour = session.getUserProperties().getProperty("style.color", "auto");
        boolean coloured = colour.equals("always") || (isTerminal() && !colour.equals("never"));
        return new Style(COLUMNS, coloured, charset().name().startsWith("UTF"));
    }

    private boolean isTerminal() {
        return session.getRequest().isInteractiveMode()
                && session.getRequest().getLoggingLevel() == MavenExecutionRequest.LOGGING_LEVEL_INFO
                && System.console() != null
                && System.getenv("CI") == null;
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
