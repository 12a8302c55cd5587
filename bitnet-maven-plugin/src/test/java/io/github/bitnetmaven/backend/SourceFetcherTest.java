package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.progress.Progress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the git on the PATH and real repositories, one of them a submodule of the other. */
@Timeout(60)
final class SourceFetcherTest {
    @TempDir
    Path temp;

    private Path bitnet;
    private String url;
    private SourceFetcher fetcher;

    @BeforeEach
    void repositories() throws Exception {
        Path llama = Files.createDirectories(temp.resolve("llama.cpp"));
        Trees.llamaCpp(llama);
        commit(llama);
        bitnet = Files.createDirectories(temp.resolve("bitnet"));
        Trees.write(bitnet, "CMakeLists.txt", "project(bitnet.cpp)\n");
        git(bitnet, "init", "-q", "-b", "main");
        git(bitnet, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://" + llama,
                "3rdparty/llama.cpp");
        commit(bitnet);
        url = "file://" + bitnet;
        fetcher = new SourceFetcher(temp.resolve("cache"), Duration.ofSeconds(20));
    }

    private static String git(Path directory, String... arguments) throws BackendException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "tag.gpgSign=false"));
        command.addAll(List.of(arguments));
        CommandLine.Outcome outcome =
                new CommandLine(directory, Map.of("LC_ALL", "C"), Duration.ofSeconds(20)).run(command, line -> {});
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return outcome.text().strip();
    }

    private static String commit(Path directory) throws BackendException {
        git(directory, "init", "-q", "-b", "main");
        git(directory, "add", "-A");
        git(directory, "commit", "-q", "--no-gpg-sign", "-m", "change");
        return git(directory, "rev-parse", "HEAD");
    }

    private SourceTree fetch(String revision) throws BackendException {
        return fetcher.fetch(new GitOrigin(url, revision), Progress.silent());
    }

    @Test
    void aFullIdIsFetchedWithItsSubmodules() throws Exception {
        String id = git(bitnet, "rev-parse", "HEAD");
        SourceTree tree = fetch(id);
        assertThat(tree.kind()).isEqualTo(SourceTree.Kind.BITNET);
        assertThat(tree.revision()).isEqualTo(id);
        assertThat(tree.description()).isEqualTo(url + " at " + id);
        assertThat(tree.files())
                .extracting(SourceFile::path)
                .containsExactly(
                        "3rdparty/llama.cpp/CMakeLists.txt", "3rdparty/llama.cpp/ggml/src/ggml.c", "CMakeLists.txt");
        assertThat(tree.directory().getFileName()).hasToString(id);
    }

    @Test
    void aFetchedRevisionIsNotFetchedAgain() throws Exception {
        String id = git(bitnet, "rev-parse", "HEAD");
        SourceTree first = fetch(id);
        SourceFetcher.delete(bitnet);
        assertThat(fetch(id)).isEqualTo(first);
        assertThat(fetch(id.substring(0, 7))).isEqualTo(first);
    }

    @Test
    void anAbbreviatedIdATagAndABranchAreFollowed() throws Exception {
        String first = git(bitnet, "rev-parse", "HEAD");
        git(bitnet, "tag", "-a", "-m", "release", "v1");
        Trees.write(bitnet, "CMakeLists.txt", "project(newer)\n");
        String second = commit(bitnet);

        assertThat(fetch(first.substring(0, 8)).revision()).isEqualTo(first);
        assertThat(fetch("v1").revision()).isEqualTo(first);
        assertThat(fetch("main").revision()).isEqualTo(second);

        Trees.write(bitnet, "CMakeLists.txt", "project(newest)\n");
        assertThat(fetch("main").revision()).isEqualTo(second).isNotEqualTo(commit(bitnet));
        assertThat(fetch("main").revision()).isNotEqualTo(second);
    }

    @Test
    void anUnknownRevisionIsTold() {
        assertThatThrownBy(() -> fetch("0123456789012345678901234567890123456789"))
                .isInstanceOf(BackendException.class)
                .hasMessage(url + " has no revision 0123456789012345678901234567890123456789. Set <backend><revision>"
                        + " (-Dbitnet.backend.revision) to the id of a commit, a tag or a branch of it.");
        assertThatThrownBy(() -> fetch("no-such-branch"))
                .hasMessage(url + " has no branch or tag no-such-branch. Set <backend><revision>"
                        + " (-Dbitnet.backend.revision) to one that it has, or to the id of a commit.");
        assertNothingHalfFetched();
    }

    @Test
    void aMissingRepositoryIsTold() {
        url = "file://" + temp.resolve("nowhere");
        assertThatThrownBy(() -> fetch("main"))
                .hasMessage("There is no git repository at " + url + ". Check <backend><git> (-Dbitnet.backend.git).");
    }

    @Test
    void aHostThatDoesNotAnswerIsTold() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        url = "http://user:secret@127.0.0.1:" + closed + "/x.git";
        assertThatThrownBy(() -> fetch("main"))
                .hasMessageStartingWith("http://127.0.0.1:" + closed + "/x.git cannot be reached: ")
                .hasMessageEndingWith(" Check the network and its proxy, or set <backend><directory>"
                        + " (-Dbitnet.backend.directory) to a source tree on this machine.")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aHostThatIsSilentIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "git://127.0.0.1:" + silent.getLocalPort() + "/x.git";
            fetcher = new SourceFetcher(temp.resolve("cache"), Duration.ofSeconds(1));
            assertThatThrownBy(() -> fetch("main"))
                    .hasMessage("git got no answer from " + url + " for 1 seconds. Check the network and its proxy, or"
                            + " set <backend><directory> (-Dbitnet.backend.directory) to a source tree on this"
                            + " machine.");
        }
        assertNothingHalfFetched();
    }

    @Test
    void aSubmoduleThatCannotBeFetchedIsTold() throws Exception {
        SourceFetcher.delete(temp.resolve("llama.cpp"));
        String id = git(bitnet, "rev-parse", "HEAD");
        assertThatThrownBy(() -> fetch(id))
                .hasMessageStartingWith("The submodules of " + url + " at " + id + " cannot be fetched: ")
                .hasMessageEndingWith(" Fetch the tree by other means and set <backend><directory>"
                        + " (-Dbitnet.backend.directory) to it.");
        assertNothingHalfFetched();
    }

    @Test
    void aRepositoryThatIsNoBackendIsRefused() throws Exception {
        Path other = Files.createDirectories(temp.resolve("other"));
        Trees.write(other, "README", "x");
        String id = commit(other);
        url = "file://" + other;
        assertThatThrownBy(() -> fetch(id))
                .hasMessageStartingWith("No backend can be compiled from " + url + " at " + id
                        + ": it is neither a source tree of BitNet.cpp");
        assertNothingHalfFetched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=touch /tmp/x", "ext::sh -c id", "-x"})
    void aUrlThatIsAnOptionOrACommandIsRefused(String hostile) {
        url = hostile;
        assertThatThrownBy(() -> fetch("main"))
                .hasMessage("<backend><git> (-Dbitnet.backend.git) is '" + hostile
                        + "', which is not the URL of a git repository.");
    }

    @Test
    void aRevisionThatIsAnOptionIsRefused() {
        assertThatThrownBy(() -> fetch("--upload-pack=id"))
                .hasMessage("<backend><revision> (-Dbitnet.backend.revision) is '--upload-pack=id', which is not a git"
                        + " revision: use the id of a commit, a tag or a branch.");
    }

    @Test
    void twoBuildsFetchOneAfterTheOther() throws Exception {
        String id = git(bitnet, "rev-parse", "HEAD");
        ExecutorService builds = Executors.newFixedThreadPool(2);
        try {
            Callable<SourceTree> build = () -> fetch(id);
            List<Future<SourceTree>> trees = builds.invokeAll(List.of(build, build));
            assertThat(trees.get(0).get()).isEqualTo(trees.get(1).get());
        } finally {
            builds.shutdownNow();
        }
        assertNothingHalfFetched();
    }

    @Test
    void aDirectoryIsTakenAsItIs() throws Exception {
        SourceTree tree = fetcher.fetch(new DirectoryOrigin(temp.resolve("llama.cpp")), Progress.silent());
        assertThat(tree.kind()).isEqualTo(SourceTree.Kind.LLAMA_CPP);
        assertThat(tree.revision()).isEmpty();
        assertThat(temp.resolve("cache")).doesNotExist();
    }

    private void assertNothingHalfFetched() {
        Path cache = temp.resolve("cache");
        try (Stream<Path> paths = Files.find(cache, 2, (path, attributes) -> path.toString().contains(".fetching"))) {
            assertThat(paths).isEmpty();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
