package io.github.bitnetmaven.configuration;

import static io.github.bitnetmaven.configuration.RefusedConfiguration.assertThatMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code <backend>} takes and refuses. */
class BackendSettingsTest {
    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final BackendParameters backend = new BackendParameters();

    @ParameterizedTest
    @CsvSource({"I2_S,I2_S", "tl1,TL1", "Tl2,TL2"})
    void theCaseOfAnOptionDoesNotMatter(String text, Kernels kernels) throws Exception {
        backend.kernels = text;
        Configuration configuration = configuration();
        assertThat(configuration.backend(backend, Variant.NATIVE).kernels()).isEqualTo(kernels);
        configuration.throwIfAny();
    }

    @Test
    void misspeltOptionsOfTheBackendAreToldAtOnce() {
        backend.kernels = "i2s";
        backend.linkage = "dynamic";
        backend.compileIn = "hosts";
        assertThatBackend("The configuration has 3 problems:\n"
                + "- <backend><compileIn> (-Dbitnet.backend.compileIn) is 'hosts', but must be one of container, host;"
                + " did you mean host?\n"
                + "- <backend><kernels> (-Dbitnet.backend.kernels) is 'i2s', but must be one of i2_s, tl1, tl2; did you"
                + " mean i2_s?\n"
                + "- <backend><linkage> (-Dbitnet.backend.linkage) is 'dynamic', but must be one of static, shared.");
    }

    @Test
    void aDirectoryIsRelativeToTheProject() throws Exception {
        Path source = Files.createDirectory(directory.resolve("llama"));
        backend.directory = "llama";
        Configuration configuration = configuration();
        assertThat(configuration.backend(backend, Variant.NATIVE).origin()).isEqualTo(new DirectoryOrigin(source));
        configuration.throwIfAny();
    }

    @Test
    void aMissingDirectoryIsRefused() {
        backend.directory = "nowhere";
        assertThatBackend("<backend><directory> (-Dbitnet.backend.directory) is 'nowhere', but there is no directory "
                + directory.resolve("nowhere") + ".");
    }

    @Test
    void aGitPropertyBeatsTheDirectoryOfThePom() {
        backend.directory = "nowhere";
        properties.put("bitnet.backend.git", "https://example.org/llama.git");
        properties.put("bitnet.backend.revision", "b1234");
        assertThat(configuration().backend(backend, Variant.NATIVE).origin())
                .isEqualTo(new GitOrigin("https://example.org/llama.git", "b1234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/b.git", "ssh://git@a/b", "git@github.com:a/b.git", "file:///srv/b.git"})
    void gitsOwnTransportsAreAccepted(String url) throws Exception {
        backend.git = url;
        Configuration configuration = configuration();
        assertThat(configuration.backend(backend, Variant.NATIVE).origin())
                .isEqualTo(new GitOrigin(url, Configuration.DEFAULT_REVISION));
        configuration.throwIfAny();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=touch x", "ext::sh -c id", "-a@b:c", "https://a/b c", "/srv/x"})
    void aUrlThatCouldRunACommandIsRefused(String url) {
        backend.git = url;
        assertThatBackend("<backend><git> (-Dbitnet.backend.git) is '" + url + "', but that is not the URL of a git"
                + " repository (https, http, ssh, git or file).");
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotShown() {
        backend.git = "https://me:secret@example.org/b.git";
        assertThatBackend("<backend><git> (-Dbitnet.backend.git) carries a password. Give it to one of git's credential"
                + " helpers instead, where no log shows it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--all", "a b", "a..b", "a~1", "a:b", "@{1}", "a\u0007"})
    void whatIsNotARevisionIsRefused(String revision) {
        backend.revision = revision;
        assertThatBackend("<backend><revision> (-Dbitnet.backend.revision) is '" + revision.replace("\u0007", "\\u0007")
                + "', but that is not a git revision: use the id of a commit, a tag or a branch.");
    }

    @Test
    void thePythonImageHasTheCommandLineToo() {
        assertThat(configuration().backend(null, Variant.PYTHON).executables()).containsExactly("llama-server", "llama-cli");
        assertThat(configuration().backend(null, Variant.MOCK).executables()).isEmpty();
    }

    @Test
    void executablesAreTrimmedAndSetByPropertyToo() {
        backend.executables = List.of("llama-server", " llama-cli", "llama-server");
        assertThat(configuration().backend(backend, Variant.NATIVE).executables()).containsExactly("llama-server", "llama-cli");
        properties.put("bitnet.backend.executables", "llama-bench,llama-cli");
        assertThat(configuration().backend(backend, Variant.NATIVE).executables()).containsExactly("llama-bench", "llama-cli");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a b", "a;b", "-x", "$x"})
    void anExecutableIsTheNameOfATarget(String executable) {
        backend.executables = List.of(executable);
        assertThatBackend("<backend><executables> (-Dbitnet.backend.executables) names '" + executable + "', but a"
                + " CMake target holds only letters, digits, '_', '.', '+' and '-'.");
    }

    @Test
    void argumentsAreSeparatedByWhiteSpaceOrGivenOneByOne() {
        backend.cmakeArguments = new ArgumentList();
        backend.cmakeArguments.set(" -DA=1\n  -DB=2,3 ");
        assertThat(configuration().backend(backend, Variant.NATIVE).cmakeArguments()).containsExactly("-DA=1", "-DB=2,3");
        backend.cmakeArguments = new ArgumentList();
        backend.cmakeArguments.addArgument("-DFLAGS=-O2 -g");
        assertThat(configuration().backend(backend, Variant.NATIVE).cmakeArguments()).containsExactly("-DFLAGS=-O2 -g");
        properties.put("bitnet.backend.cmakeArguments", "-DC=4 -DD=5");
        assertThat(configuration().backend(backend, Variant.NATIVE).cmakeArguments()).containsExactly("-DC=4", "-DD=5");
    }

    @Test
    void anArgumentHoldsNoLineEnd() {
        backend.cmakeArguments = new ArgumentList();
        backend.cmakeArguments.addArgument("-DA=1\nRUN evil");
        assertThatBackend("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments) holds '-DA=1\\nRUN evil', but an"
                + " argument must not be empty or hold control characters such as line ends.");
    }

    @Test
    void nothingIsCompiledInAnEmptyImage() {
        backend.builderImage = "scratch";
        assertThatBackend("<backend><builderImage> (-Dbitnet.backend.builderImage) is 'scratch', but nothing can be"
                + " compiled in an empty image: use one of Debian or Ubuntu.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }

    private void assertThatBackend(String message) {
        Configuration configuration = configuration();
        configuration.backend(backend, Variant.NATIVE);
        assertThatMessage(configuration, message);
    }
}
