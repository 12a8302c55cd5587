package io.github.bitnetmaven.backend;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs, never through a shell.
 *
 * @param directory where they run
 * @param environment added to the one of this process
 * @param silence how long a program may print nothing before it is taken for stuck and killed
 */
record CommandLine(Path directory, Map<String, String> environment, Duration silence) {
    private static final int MAX_LINE = 4000;
    private static final int MAX_LINES = 400;

    CommandLine {
        environment = Map.copyOf(environment);
    }

    /**
     * How a program ended.
     *
     * @param exitCode its own; -1 when it was killed for its silence
     * @param lines the last lines that it printed, standard output and error together
     */
    record Outcome(int exitCode, List<String> lines) {
        boolean failed() {
            return exitCode != 0;
        }

        String text() {
            return String.join("\n", lines);
        }

        String lastLine() {
            return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
        }
    }

    /** The executable file of a program; null when the PATH has none. */
    static @Nullable Path find(String program, @Nullable String path) {
        for (String directory : (path == null ? "" : path).split(File.pathSeparator)) {
            Path candidate = directory.isEmpty() ? null : Path.of(directory, program);
            if (candidate != null && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Runs a program to its end; it is killed, with its children, when this thread is interrupted.
     *
     * @param onLine is given each line, also those that end with a carriage return
     */
    Outcome run(List<String> command, Consumer<String> onLine) throws BackendException {
        List<String> resolved = new ArrayList<>(command);
        Path program = find(command.get(0), environment.getOrDefault("PATH", System.getenv("PATH")));
        if (program != null) {
            resolved.set(0, program.toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(resolved).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        LinkedBlockingDeque<String> last = new LinkedBlockingDeque<>(MAX_LINES);
        ExecutorService reader = Executors.newSingleThreadExecutor(CommandLine::daemon);
        Process process = null;
        try {
            process = builder.start();
            process.getOutputStream().close();
            InputStream output = process.getInputStream();
            AtomicLong heard = new AtomicLong(System.nanoTime());
            Future<?> reading = reader.submit(() -> {
                readLines(output, heard, line -> {
                    while (!last.offerLast(line)) {
                        last.pollFirst();
                    }
                    onLine.accept(line);
                });
                return null;
            });
            boolean stuck = false;
            while (!stuck && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
                stuck = System.nanoTime() - heard.get() > silence.toNanos();
            }
            if (stuck) {
                kill(process);
            }
            try {
                reading.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // It left a child behind that keeps the output open; what it said itself has been read.
                reading.cancel(true);
            }
            return new Outcome(stuck ? -1 : process.exitValue(), List.copyOf(last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(command.get(0) + " was interrupted.", e);
        } catch (Exception e) {
            throw new BackendException(command.get(0) + " cannot be run: " + e.getMessage(), e);
        } finally {
            if (process != null) {
                kill(process);
            }
            reader.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bitnet-command-output");
        thread.setDaemon(true);
        return thread;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void readLines(InputStream in, AtomicLong heard, Consumer<String> onLine) throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            heard.set(System.nanoTime());
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n' || buffer[i] == '\r') {
                    if (length > 0) {
                        onLine.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                    }
                    length = 0;
                } else if (length < MAX_LINE) {
                    line[length++] = buffer[i];
                }
            }
        }
        if (length > 0) {
            onLine.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        }
    }
}
