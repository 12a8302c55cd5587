package io.github.bitnetmaven.report.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where reports go: into files, to the console, and as commands to a build server that reads the console. */
public final class ReportOutput {
    private final ReportDirectory directory;
    private final Consumer<String> console;
    private final Consumer<String> commands;
    private final List<Path> written = new ArrayList<>();

    /**
     * @param console takes lines for people
     * @param commands takes lines that must be printed as they are, without a log's prefix
     */
    public ReportOutput(ReportDirectory directory, Consumer<String> console, Consumer<String> commands) {
        this.directory = directory;
        this.console = console;
        this.commands = commands;
    }

    /** Writes a file into the report directory, whole or not at all. */
    public void file(String name, ReportDirectory.Content content) throws ReportException {
        written.add(directory.write(name, content));
    }

    /** Prints a line for people. */
    public void line(String line) {
        console.accept(line);
    }

    /** Prints a line for the build server. */
    public void command(String line) {
        commands.accept(line);
    }

    /** The files so far. */
    public List<Path> written() {
        return List.copyOf(written);
    }
}
