package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.SubjectSettings.InRegistry;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final ImageParameters image = new ImageParameters();
    private final BackendParameters backend = new BackendParameters();
    private final ModelParameters model = new ModelParameters();

    @Test
    void anEmptyConfigurationGivesTheDefaultsOfTheInterface() throws Exception {
        Configuration configuration = configuration();
        assertThat(configuration.image(null, "app:1.0"))
                .isEqualTo(new ImageSettings("app:1.0", Variant.NATIVE, "scratch", 8001, List.of()));
        assertThat(configuration.backend(null, Variant.NATIVE))
                .isEqualTo(new BackendSettings(
                        new GitOrigin(
                                "https://github.com/microsoft/BitNet.git", "404980eecae38affa4871c3e419eae3f44536a95"),
                        CompileIn.CONTAINER,
                        "debian:bookworm-slim",
                        Kernels.I2_S,
                        Linkage.STATIC,
                        List.of("llama-server"),
                        List.of()));
        assertThat(configuration.model(null))
                .isEqualTo(new ModelSettings(new CatalogueOrigin("BitNet-b1.58-2B-4T"), Placement.EMBEDDED));
        assertThat(configuration.engine(null)).isEqualTo(EngineChoice.AUTO);
        assertThat(configuration.caCertificates(null)).isNull();
        assertThat(configuration.modelPatterns(null)).containsExactly("**/*.gguf");
        configuration.throwIfAny();
    }

    @Test
    void aPropertyBeatsTheElement() throws Exception {
        image.port = "9000";
        properties.put("bitnet.port", "9001");
        Configuration configuration = configuration();
        assertThat(configuration.image(image, "app:1.0").port()).isEqualTo(9001);
        configuration.throwIfAny();
    }

    @Test
    void aBlankPropertyIsNotSet() {
        image.port = "9000";
        properties.put("bitnet.port", " ");
        assertThat(configuration().image(image, "app:1.0").port()).isEqualTo(9000);
    }

    @Test
    void aNameWithoutATagGetsLatest() {
        image.name = " acme/bitnet ";
        assertThat(configuration().image(image, "app:1.0").name()).isEqualTo("acme/bitnet:latest");
    }

    @Test
    void anImageToBeBuiltHasNoDigest() {
        image.name = "acme/bitnet@sha256:" + DIGEST;
        assertThatImage("<image><name> (-Dbitnet.image) is 'acme/bitnet@sha256:" + DIGEST + "', but an image to be"
                + " built cannot be given a digest: leave out @sha256:" + DIGEST + ".");
    }

    @Test
    void aNameThatDockerWouldRefuseIsRefused() {
        image.name = "Acme/bitnet:1.0";
        image.baseImage = "python 3";
        assertThatImage("The configuration has 2 problems:\n"
                + "- <image><name> (-Dbitnet.image): 'Acme/bitnet:1.0' is not a name that Docker accepts for an image:"
                + " 'Acme' may only hold lower-case letters and digits, with single separators (. _ __ -) between"
                + " them.\n"
                + "- <image><baseImage> (-Dbitnet.baseImage): 'python 3' is not a name that Docker accepts for an"
                + " image: 'python 3' may only hold lower-case letters and digits, with single separators (. _ __ -)"
                + " between them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "80x", "8001.0", "99999999999"})
    void aPortOutOfRangeIsRefused(String port) {
        image.port = port;
        assertThatImage("<image><port> (-Dbitnet.port) is '" + port
                + "', but a port is a whole number from 1 to 65535.");
    }

    @Test
    void aMisspeltVariantIsAnsweredWithTheNearest() {
        image.variant = "nativ";
        assertThatImage("<image><variant> (-Dbitnet.variant) is 'nativ', but must be one of native, python, mock; did"
                + " you mean native?");
    }

    @Test
    void aScriptTakesThePlaceOfThePythonServer() throws Exception {
        Path script = Files.writeString(directory.resolve("serve.py"), "");
        image.variant = "python";
        image.server = "serve.py";
        assertThat(configuration().image(image, "app:1.0").server()).isEqualTo(new ServerScript(script, null));
        image.server = null;
        assertThat(configuration().image(image, "app:1.0").server()).isEqualTo(ServerScript.OURS);
    }

    @Test
    void onlyTheVariantPythonHasAScript() {
        image.server = "serve.py";
        assertThatImage("<image><server> (-Dbitnet.server) is 'serve.py', but only the variant python has a Python"
                + " server: set <image><variant> (-Dbitnet.variant) to python, or leave it out.");
    }

    @Test
    void aScriptThatIsNoPythonFileIsRefused() throws Exception {
        Files.writeString(directory.resolve("serve;rm.sh"), "");
        image.variant = "python";
        image.server = "serve;rm.sh";
        assertThatImage("<image><server> (-Dbitnet.server) is 'serve;rm.sh', but the name of a Python script is made of"
                + " letters, digits, '_' and '-', and ends with .py.");
    }

    @Test
    void requirementsThatAreNotThereAreRefused() {
        image.variant = "python";
        image.serverRequirements = "none.txt";
        assertThatImage("<image><serverRequirements> (-Dbitnet.serverRequirements) is 'none.txt', but there is no file "
                + directory.resolve("none.txt") + ".");
    }

    @Test
    void theBaseImageComesFromTheVariantUnlessItIsSet() throws Exception {
        image.variant = "Python";
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("python:3.11-slim");
        image.baseImage = "python:3.12-slim";
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("python:3.12-slim");
        image.variant = "mock";
        image.baseImage = null;
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("scratch");
    }

    @Test
    void platformsAreSeparatedByCommas() throws Exception {
        image.platforms = "linux/amd64, linux/arm64/v8";
        Configuration configuration = configuration();
        assertThat(configuration.image(image, "app:1.0").platforms()).containsExactly("linux/amd64", "linux/arm64/v8");
        configuration.throwIfAny();
        image.platforms = "amd64";
        assertThatImage("<image><platforms> (-Dbitnet.platforms) is 'amd64', but 'amd64' is not a platform such as"
                + " linux/amd64 or linux/arm64.");
    }

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

    @Test
    void aModelIsAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("m.gguf"), "GGUF");
        model.file = "m.gguf";
        model.placement = "VOLUME";
        assertThat(configuration().model(model)).isEqualTo(new ModelSettings(new FileOrigin(file), Placement.VOLUME));
    }

    @Test
    void aModelPropertyBeatsWhateverOriginThePomNames() {
        model.file = "nowhere.gguf";
        properties.put("bitnet.model", "Falcon3-1B-Instruct-1.58bit");
        assertThat(configuration().model(model).origin())
                .isEqualTo(new CatalogueOrigin("Falcon3-1B-Instruct-1.58bit"));
    }

    @Test
    void aModelHasOneOrigin() {
        model.name = "a";
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThatModel("<model><name> (-Dbitnet.model) and <model><url> (-Dbitnet.model.url) are both set. Keep one: a"
                + " model has a name of the catalogue, a file, or a URL with its sha256.");
    }

    @Test
    void aUrlComesWithItsDigest() throws Exception {
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST.toUpperCase(java.util.Locale.ROOT);
        Configuration configuration = configuration();
        assertThat(configuration.model(model).origin())
                .isEqualTo(new UrlOrigin(URI.create("https://example.org/m.gguf"), DIGEST));
        configuration.throwIfAny();
        model.sha256 = null;
        assertThatModel("<model><url> (-Dbitnet.model.url) needs <model><sha256> (-Dbitnet.model.sha256) beside it: a"
                + " download is only used when its digest is the expected one.");
        model.sha256 = "abc";
        assertThatModel("<model><sha256> (-Dbitnet.model.sha256) is 'abc', but a SHA-256 digest is 64 hexadecimal"
                + " digits.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/b", "file:///etc/passwd", "m.gguf", "https:///x"})
    void aModelIsDownloadedOverHttpOnly(String url) {
        model.url = url;
        model.sha256 = DIGEST;
        assertThatModel("<model><url> (-Dbitnet.model.url) is '" + url
                + "', but a model is downloaded over https or http only.");
    }

    @Test
    void aUserInAModelUrlIsRefusedAndNotShown() {
        model.url = "https://token@example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThatModel("<model><url> (-Dbitnet.model.url) carries a user or a password. Leave it out: a log would show"
                + " it.");
    }

    @Test
    void aContainerDownloadsAModelOfTheCatalogueOrAUrl() throws Exception {
        model.placement = "download";
        Configuration configuration = configuration();
        assertThat(configuration.model(model).placement()).isEqualTo(Placement.DOWNLOAD);
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThat(configuration.model(model).placement()).isEqualTo(Placement.DOWNLOAD);
        configuration.throwIfAny();
    }

    @Test
    void aContainerCannotDownloadAFileOfThisMachine() throws Exception {
        Files.writeString(directory.resolve("m.gguf"), "GGUF");
        model.file = "m.gguf";
        model.placement = "download";
        assertThatModel("<model><placement> (-Dbitnet.model.placement) is 'download', but a container cannot download a"
                + " file of this machine: give <model><name>, or <model><url> with <sha256>.");
    }

    @Test
    void noSignatureGetsIntoAnImage() {
        model.url = "https://example.org/m.gguf?X-Signature=secret";
        model.sha256 = DIGEST;
        model.placement = "download";
        assertThatModel("<model><url> (-Dbitnet.model.url) has a query, the part after the question mark, and the"
                + " placement is download. Leave it out: whoever has the image could read it, and it may hold a"
                + " signature or a token.");
    }

    @Test
    void jibIsRefusedAndNotIgnored() {
        Configuration configuration = configuration();
        configuration.engine("jib");
        assertThatThrownBy(configuration::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<engine> (-Dbitnet.engine) is 'jib', but this version builds with a Docker engine only:"
                        + " use docker or auto.");
    }

    @Test
    void certificatesAreAPemFileWithoutAKey() throws Exception {
        Path file = directory.resolve("ca.pem");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
        Configuration configuration = configuration();
        assertThat(configuration.caCertificates("ca.pem")).isEqualTo(file);
        configuration.throwIfAny();

        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n");
        assertThat(configuration.caCertificates("ca.pem")).isNull();
        assertThatThrownBy(configuration::throwIfAny)
                .hasMessage("<caCertificates> (-Dbitnet.caCertificates) is 'ca.pem', but it holds a private key: give"
                        + " the certificates only.");
    }

    @Test
    void anImageIsCheckedUnderTheNameThatTheUserGives() throws Exception {
        properties.put("bitnet.image", "bitnet");
        Configuration configuration = configuration();
        assertThat(configuration.subject(image, null, null, null, "app:1.0"))
                .isEqualTo(new SubjectSettings("bitnet", null, null, "scratch"));
        properties.put("bitnet.image", "sha256:" + DIGEST);
        assertThat(configuration.subject(image, null, null, null, null).name()).isEqualTo("sha256:" + DIGEST);
        configuration.throwIfAny();
    }

    @Test
    void aCheckTakesTheProjectsImageByDefault() {
        image.baseImage = "debian:12";
        assertThat(configuration().subject(image, null, null, null, "app:1.0"))
                .isEqualTo(new SubjectSettings("app:1.0", null, null, "debian:12"));
    }

    @Test
    void anArchiveOnTheCommandLineBeatsTheImageOfThePom() {
        image.name = "acme/bitnet:1.0";
        properties.put("bitnet.archive", "x.tar");
        assertThat(configuration().subject(image, null, null, null, null))
                .isEqualTo(new SubjectSettings("x.tar", directory.resolve("x.tar"), null, "scratch"));
    }

    @Test
    void somethingMustBeChecked() {
        Configuration configuration = configuration();
        configuration.subject(null, null, null, null, null);
        assertThatMessage(
                configuration,
                "Nothing says what to check. Name an image with -Dbitnet.image, or an archive or OCI layout with"
                        + " -Dbitnet.archive.");
    }

    @Test
    void anImageIsLookedUpInTheRegistryThatItsNameTells() throws Exception {
        properties.put("bitnet.from", "registry");
        properties.put("bitnet.image", "localhost:5000/acme/bitnet:1.0");
        Configuration configuration = configuration();
        ImageReference reference = new ImageReference("localhost:5000", "acme/bitnet", "1.0", null);
        assertThat(configuration.subject(null, null, null, null, null))
                .isEqualTo(new SubjectSettings(
                        "localhost:5000/acme/bitnet:1.0", null, new InRegistry(reference, false), "scratch"));
        properties.put("bitnet.registry.insecure", "true");
        assertThat(configuration.subject(null, null, null, null, null).registry())
                .isEqualTo(new InRegistry(reference, true));
        configuration.throwIfAny();
    }

    @Test
    void aRegistryHasNoImageById() {
        properties.put("bitnet.from", "registry");
        properties.put("bitnet.image", "0123456789ab");
        properties.put("bitnet.registry.insecure", "perhaps");
        Configuration configuration = configuration();
        configuration.subject(null, null, null, null, null);
        assertThatMessage(
                configuration,
                "The configuration has 2 problems:\n"
                        + "- <registry><insecure> (-Dbitnet.registry.insecure) is 'perhaps', but must be true or false.\n"
                        + "- <image><name> (-Dbitnet.image) is '0123456789ab', but a registry finds an image by its name"
                        + " only, such as acme/bitnet:1.0.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }

    private void assertThatImage(String message) {
        Configuration configuration = configuration();
        configuration.image(image, "app:1.0");
        assertThatMessage(configuration, message);
    }

    private void assertThatBackend(String message) {
        Configuration configuration = configuration();
        configuration.backend(backend, Variant.NATIVE);
        assertThatMessage(configuration, message);
    }

    private void assertThatModel(String message) {
        Configuration configuration = configuration();
        configuration.model(model);
        assertThatMessage(configuration, message);
    }

    private static void assertThatMessage(Configuration configuration, @Nullable String message) {
        assertThatThrownBy(configuration::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
