package io.github.bitnetmaven.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code src/backend/collect-runtime.sh} on what this machine's compiler and linker make. */
class CollectRuntimeIT {
    private static final Path SCRIPT = Path.of(System.getProperty("basedir", ""))
            .resolve("../src/backend/collect-runtime.sh")
            .normalize();

    @TempDir
    Path temp;

    private Path build;
    private Path into;

    /** A tool that needs a library deep in the tree, which needs a versioned one beside the tool: both layouts. */
    @BeforeEach
    void compile() throws Exception {
        build = temp.resolve("build");
        into = temp.resolve("into");
        Files.createDirectories(build.resolve("bin"));
        Files.createDirectories(build.resolve("3rdparty/deep/src"));
        Files.writeString(temp.resolve("flat.c"), "int flat(void) { return 7; }\n");
        Files.writeString(temp.resolve("deep.c"), "int flat(void); int deep(void) { return flat(); }\n");
        Files.writeString(temp.resolve("tool.c"), "int deep(void); int main(void) { return deep(); }\n");
        run("cc", "-shared", "-fPIC", "-Wl,-soname,libflat.so.1", "-o", "build/bin/libflat.so.1.2.3", "flat.c");
        Files.createSymbolicLink(build.resolve("bin/libflat.so.1"), Path.of("libflat.so.1.2.3"));
        Files.createSymbolicLink(build.resolve("bin/libflat.so"), Path.of("libflat.so.1"));
        run("cc", "-shared", "-fPIC", "-o", "build/3rdparty/deep/src/libdeep.so", "deep.c", "-Lbuild/bin", "-lflat");
        run(
                "cc", "-g", "-o", "build/bin/tool", "tool.c", "-Lbuild/3rdparty/deep/src", "-ldeep",
                "-Wl,-rpath-link,build/bin", "-Wl,-rpath,$ORIGIN/../lib", "-Wl,--disable-new-dtags");
    }

    @Test
    void librariesAreFollowedWhereverTheBuildPutsThem() throws Exception {
        assertThat(collect("tool").exitCode).isZero();
        assertThat(collected()).containsExactly("app/bin/tool", "app/lib/libdeep.so", "app/lib/libflat.so.1");
        assertThat(execute(List.of(into.resolve("app/bin/tool").toString())).exitCode).isEqualTo(7);
    }

    @Test
    void whatIsCollectedIsStrippedAndHasFixedTimes() throws Exception {
        collect("tool");
        Path tool = into.resolve("app/bin/tool");
        assertThat(Files.size(tool)).isLessThan(Files.size(build.resolve("bin/tool")));
        for (Path path : List.of(tool, into.resolve("app/lib/libflat.so.1"), into.resolve("app/lib"), into)) {
            assertThat(Files.getLastModifiedTime(path)).isEqualTo(FileTime.fromMillis(1000));
        }
    }

    @Test
    void theCLibraryIsCollectedOnlyWhenTold() throws Exception {
        assertThat(collect("--with-libc", "tool").exitCode).isZero();
        assertThat(collected()).contains("app/lib/libc.so.6").anyMatch(path -> path.matches("lib.*/ld-linux-.*"));
    }

    @Test
    void aLibraryThatIsNowhereIsTold() throws Exception {
        Files.delete(build.resolve("bin/libflat.so.1"));
        Result result = collect("tool");
        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.output)
                .isEqualTo("collect-runtime: libdeep.so needs the library libflat.so.1, which is neither in " + build
                        + " nor on this system. Install the package that holds it, or link statically"
                        + " (<backend><linkage>).\n");
    }

    @Test
    void anExecutableThatWasNotBuiltIsTold() throws Exception {
        Result result = collect("other");
        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.output)
                .startsWith("collect-runtime: The build made no executable other. There are: ")
                .contains("tool");
    }

    @Test
    void aServerThatLacksThePathsOfTheOtherVariantsIsTold() throws Exception {
        Result result = collect("--with-interface", "tool");
        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.output)
                .isEqualTo("collect-runtime: llama-server was compiled without /generate, /docs and /openapi.json: CMake did"
                        + " not read bitnet-interface.cmake (CMAKE_PROJECT_INCLUDE, of CMake 3.15 or later). Install a newer"
                        + " CMake, or compile in a container; to do without these paths, add -DBITNET_INTERFACE=OFF to"
                        + " <backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments).\n");
    }

    @Test
    void theyMayBeInALibrary() throws Exception {
        Path documents = SCRIPT.resolveSibling("../interface/documents.h").toAbsolutePath();
        Files.writeString(
                temp.resolve("flat.c"),
                "#include \"" + documents + "\"\nconst char *page = BITNET_DOCS; int flat(void) { return 7; }\n");
        run("cc", "-shared", "-fPIC", "-Wl,-soname,libflat.so.1", "-o", "build/bin/libflat.so.1.2.3", "flat.c");
        assertThat(collect("--with-interface", "tool").exitCode).isZero();
    }

    @Test
    void whatIsThereAlreadyIsLeftAlone() throws Exception {
        Files.createDirectories(into);
        assertThat(collect("tool")).isEqualTo(new Result(1, "collect-runtime: " + into + " exists already.\n"));
    }

    private Result collect(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh", SCRIPT.toAbsolutePath().toString(), "--build", build.toString(), "--into", into.toString()));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private List<String> collected() throws IOException {
        try (Stream<Path> paths = Files.walk(into)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> into.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private void run(String... command) throws Exception {
        Result result = execute(List.of(command));
        assertThat(result.exitCode).as(result.output).isZero();
    }

    private Result execute(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private record Result(int exitCode, String output) {}
}
