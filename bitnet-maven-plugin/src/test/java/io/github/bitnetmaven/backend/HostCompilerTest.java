package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.backend.RuntimeArtifacts.Artifact;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.elf.ElfBytes;
import io.github.bitnetmaven.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With stand-ins for cmake and the compilers, so that it runs where none is installed: they note that they were started.
 * Real compilers have their turn in the integration tests.
 */
@Timeout(60)
final class HostCompilerTest {
    @TempDir
    Path temp;

    private Path tools;
    private Path started;
    private HostCompiler compiler;

    @BeforeEach
    void machine() throws Exception {
        tools = Files.createDirectories(temp.resolve("tools"));
        started = temp.resolve("started");
        Trees.bitnet(temp.resolve("source"));
        Files.write(
                temp.resolve("server"),
                ElfBytes.executable(Architecture.ofThisMachine().elfMachine(), "", List.of(), false));
        for (String name : List.of("cc", "c++", "ninja", "readelf", "strip")) {
            tool(name, "");
        }
        tool("cmake", """
                if [ "$1" = --build ]; then
                    echo '[1/2] Building'
                    mkdir -p "$2/bin" && cp "%1$s/server" "$2/bin/llama-server"
                fi
                """.formatted(temp));
        tool("cc", "while [ \"$1\" != -o ]; do shift; done; cp '%s/server' \"$2\"\n".formatted(temp));
        compiler = compiler();
    }

    private HostCompiler compiler() {
        return new HostCompiler(
                temp.resolve("out/backend"), temp.resolve("out/work"), tools + File.pathSeparator + "/usr/bin:/bin");
    }

    private void tool(String name, String script) throws IOException {
        Path tool = tools.resolve(name);
        Files.writeString(tool, "#!/bin/sh\necho " + name + " \"$@\" >>'" + started + "'\n" + script);
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private BackendPlan plan(String... cmakeArguments) throws BackendException {
        Path source = temp.resolve("source");
        return BackendPlan.of(
                Trees.settings(source, Kernels.I2_S, Linkage.STATIC, "llama-server", cmakeArguments),
                Trees.tree(source),
                Architecture.ofThisMachine(),
                null,
                true);
    }

    @Test
    void theArtifactsAreCollectedAsInTheImage() throws Exception {
        RuntimeArtifacts artifacts = compiler.compile(plan(), Progress.silent());
        assertThat(artifacts.executables())
                .containsExactly(new Artifact("app/bin/bitnet-probe", 4096), new Artifact("app/bin/llama-server", 4096));
        assertThat(artifacts.libraries()).isEmpty();
        assertThat(artifacts.bytes()).isEqualTo(8192);
        assertThat(artifacts.directory()).isEqualTo(temp.resolve("out/backend"));
        assertThat(temp.resolve("source/include/bitnet-lut-kernels.h")).doesNotExist();
    }

    @Test
    void unchangedInputStartsNoProcess() throws Exception {
        RuntimeArtifacts first = compiler.compile(plan(), Progress.silent());
        Files.delete(started);
        assertThat(compiler().compile(plan(), Progress.silent())).isEqualTo(first);
        assertThat(started).doesNotExist();
    }

    @Test
    void aChangedSourceIsCompiledAgain() throws Exception {
        compiler.compile(plan(), Progress.silent());
        Files.delete(started);
        Trees.write(temp.resolve("source"), "3rdparty/llama.cpp/ggml/src/ggml.c", "int other;\n");
        compiler().compile(plan(), Progress.silent());
        assertThat(started).content().contains("cmake --build");
        assertThat(temp.resolve("out/work/src/3rdparty/llama.cpp/ggml/src/ggml.c")).hasContent("int other;\n");
    }

    @Test
    void aTamperedArtifactIsMadeAgain() throws Exception {
        compiler.compile(plan(), Progress.silent());
        Files.writeString(temp.resolve("out/backend/app/bin/llama-server"), "tampered");
        compiler().compile(plan(), Progress.silent());
        assertThat(temp.resolve("out/backend/app/bin/llama-server")).hasSize(4096);
    }

    @Test
    void aMissingToolIsNamedWithItsPackage() throws Exception {
        compiler = new HostCompiler(temp.resolve("out/backend"), temp.resolve("out/work"), tools.toString());
        for (String[] tool : new String[][] {
            {"strip", "binutils"}, {"readelf", "binutils"}, {"ninja", "make"}, {"c++", "g++"}, {"cmake", "cmake"}
        }) {
            Files.delete(tools.resolve(tool[0]));
            String named = tool[0].equals("ninja") ? "make" : tool[0];
            assertThatThrownBy(() -> compiler.compile(plan(), Progress.silent()))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("The backend is to be compiled on this machine, and " + named + " is not on the PATH."
                            + " Install the Debian package " + tool[1] + " (apt-get install " + tool[1] + "), or compile"
                            + " in a container: <backend><compileIn>container (-Dbitnet.backend.compileIn).");
            tool(tool[0], "");
            if (tool[0].equals("ninja")) {
                tool("make", "");
            }
        }
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void aFailedCompilationShowsTheCompilersErrors() throws Exception {
        tool("cmake", """
                [ "$1" = --build ] || exit 0
                echo '[1/2] Building CXX object a.o'
                echo "a.cpp:3:5: error: 'x' was not declared in this scope"
                echo 'ninja: build stopped'
                exit 3
                """);
        assertThatThrownBy(() -> compiler.compile(plan(), Progress.silent()))
                .isInstanceOf(BackendException.class)
                .hasMessage("The compilation of the tree failed (exit code 3). It says:\n"
                        + "a.cpp:3:5: error: 'x' was not declared in this scope");
        assertThat(temp.resolve("out/backend")).doesNotExist();
    }

    @Test
    void anExecutableThatTheTreeDoesNotMakeIsTold() throws Exception {
        tool("cmake", "mkdir -p \"$2/bin\"\n");
        assertThatThrownBy(() -> compiler.compile(plan(), Progress.silent()))
                .hasMessageStartingWith("The collection of the runtime artifacts failed (exit code 1). It says:\n"
                        + "collect-runtime: The build made no executable llama-server.");
    }

    @Test
    void anExecutableForAnotherMachineIsRefused() throws Exception {
        Files.write(temp.resolve("server"), ElfBytes.executable(8, "", List.of(), false));
        assertThatThrownBy(() -> compiler.compile(plan(), Progress.silent()))
                .hasMessage("The compilation made no executable llama-server for "
                        + Architecture.ofThisMachine().dockerName() + ".");
    }

    @Test
    void anExecutableThatIsNotStaticIsRefused() throws Exception {
        Files.write(
                temp.resolve("server"),
                ElfBytes.executable(
                        Architecture.ofThisMachine().elfMachine(), "/lib/ld.so", List.of("libc.so.6"), false));
        assertThatThrownBy(() -> compiler.compile(plan("-DBUILD_SHARED_LIBS=ON"), Progress.silent()))
                .hasMessage("The executable llama-server is not static although <backend><linkage>"
                        + " (-Dbitnet.backend.linkage) is static: it needs libc.so.6. Take what makes it so out of"
                        + " <backend><cmakeArguments>, or set the linkage to shared.");
        assertThat(temp.resolve("out/backend")).doesNotExist();
    }
}
