package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.elf.ElfFile;
import io.github.bitnetmaven.engine.BuildLog;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out a plan on this machine. Unchanged input compiles nothing; changed files compile what depends on them. */
public final class HostCompiler {
    private static final Duration SILENCE = Duration.ofMinutes(20);

    private final Path output;
    private final Path work;
    private final @Nullable String searchPath;

    /**
     * @param output where the artifacts go, such as {@code target/bitnet/backend}; belongs to the plugin
     * @param work where is compiled, such as {@code target/bitnet/backend-build}; belongs to the plugin
     */
    public HostCompiler(Path output, Path work) {
        this(output, work, System.getenv("PATH"));
    }

    HostCompiler(Path output, Path work, @Nullable String searchPath) {
        this.output = output.toAbsolutePath().normalize();
        this.work = work.toAbsolutePath().normalize();
        this.searchPath = searchPath;
    }

    /** Compiles and collects, unless that was done before. */
    public RuntimeArtifacts compile(BackendPlan plan, Progress progress) throws BackendException {
        if (plan.architecture() != Architecture.ofThisMachine()) {
            throw new BackendException("The image is for " + plan.architecture().dockerName()
                    + ", and this machine is " + Architecture.ofThisMachine().dockerName()
                    + ". Compile in a container: <backend><compileIn>container (-Dbitnet.backend.compileIn).");
        }
        HostTools tools = HostTools.find(plan, searchPath);
        String stamp = stamp(plan, tools);
        try {
            Path note = output.resolve(".stamp");
            if (Files.isRegularFile(note) && Files.readString(note).equals(stamp + "\n" + listing(output))) {
                progress.line("Backend is up to date.");
                return ArtifactArchive.artifacts(output);
            }
            compile(plan, tools, progress);
            Path collected = work.resolve("runtime");
            verify(plan, collected);
            Files.writeString(collected.resolve(".stamp"), stamp + "\n" + listing(collected));
            SourceFetcher.delete(output);
            Files.createDirectories(output.getParent());
            Files.move(collected, output, StandardCopyOption.ATOMIC_MOVE);
            return ArtifactArchive.artifacts(output);
        } catch (IOException e) {
            throw new BackendException("The backend cannot be compiled in " + work + ": " + e.getMessage(), e);
        }
    }

    private static String stamp(BackendPlan plan, HostTools tools) {
        byte[] text = (plan.key() + "\n" + tools.identity()).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.create().digest(text));
    }

    private void compile(BackendPlan plan, HostTools tools, Progress progress) throws IOException, BackendException {
        Path source = work.resolve("src");
        Path build = work.resolve("build");
        Path collected = work.resolve("runtime");
        SourceFetcher.delete(collected);
        Files.createDirectories(build);
        new SourceCopy(source, plan.tree()).update();
        for (BundledFile file : plan.tools()) {
            unpack(file);
        }
        Path probeSource = work.resolve(BundledFile.PROBE.fileName());
        Path script = work.resolve(BundledFile.COLLECT_RUNTIME.fileName());
        Path probe = build.resolve("bitnet-probe");
        // A git repository around the work directory is not the backend's: its commit is none of the server's business.
        CommandLine shell = new CommandLine(
                source,
                Map.of(
                        "LC_ALL", "C",
                        "PATH", searchPath == null ? "" : searchPath,
                        "GIT_CEILING_DIRECTORIES", work.toString()),
                SILENCE);
        if (plan.emptyKernelHeader() && !Files.exists(source.resolve(BackendPlan.KERNEL_HEADER))) {
            Files.createFile(source.resolve(BackendPlan.KERNEL_HEADER));
        } else if (!plan.kernelGeneration().isEmpty()) {
            run(shell, "The generation of the kernels", plan.kernelGeneration());
        }
        Path cache = build.resolve("CMakeCache.txt");
        List<String> configure = plan.configure(
                source.toString(), build.toString(), work.toString(), tools.generator());
        // Ninja does not notice a new compiler: then nothing of the old one's is kept.
        String configuration = String.join("\n", configure) + "\n" + tools.identity();
        Path before = build.resolve("configuration.txt");
        if (Files.exists(cache)
                && !(Files.isRegularFile(before) && Files.readString(before).equals(configuration))) {
            SourceFetcher.delete(build);
            Files.createDirectories(build);
        }
        run(shell, "CMake's configuration of the backend", configure);
        Files.writeString(before, configuration);
        List<String> compile = new ArrayList<>(plan.build(build.toString()));
        compile.addAll(List.of("--parallel", "" + Runtime.getRuntime().availableProcessors()));
        String what = "Compiling " + String.join(", ", plan.settings().executables());
        try (Progress.Task task = progress.start(what, 100, Progress.Unit.PERCENT)) {
            BuildLog log = new BuildLog();
            CommandLine.Outcome outcome =
                    shell.run(compile, line -> log.add(line).ifPresent(task::at));
            check(outcome, log, "The compilation of " + plan.tree().description());
        }
        run(shell, "The compilation of the probe", BackendPlan.probe(probeSource.toString(), probe.toString()));
        run(
                shell,
                "The collection of the runtime artifacts",
                plan.collect(script.toString(), build.toString(), collected.toString(), probe.toString()));
    }

    /** Leaves one that has not changed as it is: what includes it would be compiled again. */
    private void unpack(BundledFile file) throws IOException {
        Path target = work.resolve(file.fileName());
        byte[] content = file.read();
        if (!Files.isRegularFile(target) || !Arrays.equals(Files.readAllBytes(target), content)) {
            Files.write(target, content);
        }
    }

    private static void run(CommandLine shell, String what, List<String> command) throws BackendException {
        BuildLog log = new BuildLog();
        check(shell.run(command, log::add), log, what);
    }

    private static void check(CommandLine.Outcome outcome, BuildLog log, String what) throws BackendException {
        if (!outcome.failed()) {
            return;
        }
        if (outcome.exitCode() == -1) {
            throw new BackendException(what + " printed nothing for " + SILENCE.toMinutes() + " minutes and was ended.");
        }
        throw new BackendException(what + " failed (exit code " + outcome.exitCode() + "). It says:\n"
                + String.join("\n", log.lastErrors()));
    }

    /** Looks at what came out: a wrong machine or a missing executable must not wait until the image starts. */
    private static void verify(BackendPlan plan, Path collected) throws IOException, BackendException {
        List<String> names = new ArrayList<>(plan.settings().executables());
        names.add("bitnet-probe");
        for (String name : names) {
            Path file = collected.resolve("app/bin").resolve(name);
            Optional<ElfFile> elf = elf(file);
            if (elf.isEmpty() || elf.get().machine() != plan.architecture().elfMachine()) {
                throw new BackendException("The compilation made no executable " + name + " for "
                        + plan.architecture().dockerName() + ".");
            }
            boolean dynamic = !elf.get().interpreter().isEmpty() || !elf.get().needed().isEmpty();
            if (plan.settings().linkage() == Linkage.STATIC && dynamic) {
                throw new BackendException("The executable " + name + " is not static although <backend><linkage>"
                        + " (-Dbitnet.backend.linkage) is static: it needs "
                        + String.join(", ", elf.get().needed()) + ". Take what makes it so out of"
                        + " <backend><cmakeArguments>, or set the linkage to shared.");
            }
        }
    }

    private static Optional<ElfFile> elf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file)) {
            return ElfFile.read(content);
        }
    }

    /** Paths, sizes and times of what was collected: whoever changes a file makes a new compilation necessary. */
    private static String listing(Path root) throws IOException {
        StringBuilder listing = new StringBuilder();
        for (Path file : files(root)) {
            listing.append(root.relativize(file)).append(' ').append(Files.size(file)).append(' ')
                    .append(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis()).append('\n');
        }
        return listing.toString();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> Files.isRegularFile(path) && !path.endsWith(".stamp"))
                    .sorted()
                    .toList();
        }
    }
}
