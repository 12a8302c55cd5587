package io.github.bitnetmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCredentialsTest {
    @TempDir
    private Path directory;

    private Optional<Credential> find(String image) throws Exception {
        return DockerCredentials.of(Map.of("DOCKER_CONFIG", directory.toString()), Path.of("/nowhere"))
                .find(Repository.of(ImageReference.parse(image)));
    }

    private void configuration(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
    }

    @Test
    void withoutAConfigurationThereIsNoLogin() throws Exception {
        assertThat(find("localhost:5000/a")).isEmpty();
    }

    @Test
    void theConfigurationIsInTheHomeDirectoryUnlessTheEnvironmentTellsAnother() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home/.docker")).getParent();
        Files.writeString(home.resolve(".docker/config.json"), "{\"auths\":{\"r.io\":{\"auth\":\"Ym9iOnMzY3JldA==\"}}}");
        Repository repository = Repository.of(ImageReference.parse("r.io/a"));
        assertThat(DockerCredentials.of(Map.of(), home).find(repository)).isPresent();
        assertThat(DockerCredentials.of(Map.of("DOCKER_CONFIG", "/nowhere"), home).find(repository)).isEmpty();
    }

    @Test
    void theLoginOfTheRegistryIsFoundHoweverItIsWritten() throws Exception {
        configuration("""
                {"auths": {"localhost:5000": {"auth": "Ym9iOnMzY3JldA=="},
                           "https://r.example.org/v2/": {"username": "ann", "password": "other"}}}""");
        assertThat(find("localhost:5000/acme/app:1").orElseThrow())
                .isEqualTo(Credential.ofPassword("bob", "s3cret", directory.resolve("config.json").toString()));
        assertThat(find("r.example.org/app").orElseThrow().user()).isEqualTo("ann");
        assertThat(find("localhost:5001/acme/app:1")).isEmpty();
        assertThat(find("example.org/app")).isEmpty();
    }

    @Test
    void aPasswordMayHoldColons() throws Exception {
        // bob:a:b
        configuration("{\"auths\":{\"r.io\":{\"auth\":\"Ym9iOmE6Yg==\"}}}");
        assertThat(find("r.io/a").orElseThrow().secret()).isEqualTo("a:b");
    }

    @Test
    void dockerHubHasSeveralNames() throws Exception {
        configuration("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"Ym9iOnMzY3JldA==\"}}}");
        assertThat(find("debian:12")).isPresent();
        assertThat(find("acme/bitnet")).isPresent();
        assertThat(find("docker.io/acme/bitnet")).isPresent();
        assertThat(find("quay.io/acme/bitnet")).isEmpty();
    }

    @Test
    void anIdentityTokenIsNoPassword() throws Exception {
        configuration("{\"auths\":{\"r.io\":{\"auth\":\"Ym9iOg==\",\"identitytoken\":\"r3fresh\"}}}");
        assertThat(find("r.io/a").orElseThrow())
                .isEqualTo(new Credential("bob", "r3fresh", true, directory.resolve("config.json").toString()));
    }

    @Test
    void aConfigurationThatIsDamagedIsNotQuoted() throws Exception {
        configuration("{\"auths\":{\"r.io\":{\"auth\":s3cret}}}");
        assertThatThrownBy(() -> find("r.io/a"))
                .isInstanceOf(ImageException.class)
                .hasNoCause()
                .hasMessage("The Docker configuration " + directory.resolve("config.json") + " cannot be read, or is not"
                        + " JSON. Mend it, or log in again with \"docker login\".");
        configuration("{\"auths\":{\"r.io\":{\"auth\":\"s3cret!\"}}}");
        assertThatThrownBy(() -> find("r.io/a"))
                .hasNoCause()
                .hasMessage("The login for r.io in " + directory.resolve("config.json") + " is damaged. Log in again"
                        + " with \"docker login\".");
    }

    @Test
    void aHelperThatIsNotInstalledIsNamed() throws Exception {
        configuration("{\"credHelpers\":{\"r.io\":\"bitnet-missing\"},\"credsStore\":\"../evil\"}");
        assertThatThrownBy(() -> find("r.io/a"))
                .hasMessage("The credential helper docker-credential-bitnet-missing, which the Docker configuration"
                        + " names, cannot be started. Install it, or log in again with \"docker login\".");
        assertThatThrownBy(() -> find("other.io/a"))
                .hasMessage("The Docker configuration names a credential helper that cannot be the name of a program."
                        + " Mend 'credsStore' and 'credHelpers' there.");
    }

    private CredentialProgram program(String script) throws IOException {
        Path file = directory.resolve("docker-credential-test");
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new CredentialProgram(file.toString());
    }

    @Test
    void aHelperIsAskedForTheServer() throws Exception {
        CredentialProgram program = program("""
                [ "$1" = get ] && [ "$(cat)" = r.io ] && echo '{"ServerURL":"r.io","Username":"bob","Secret":"s3cret"}'
                """);
        Credential found = program.get("r.io").orElseThrow();
        assertThat(found.user()).isEqualTo("bob");
        assertThat(found.secret()).isEqualTo("s3cret");
        assertThat(found.isIdentityToken()).isFalse();
    }

    @Test
    void aHelperMayGiveAnIdentityToken() throws Exception {
        CredentialProgram program = program("echo '{\"Username\":\"<token>\",\"Secret\":\"r3fresh\"}'");
        assertThat(program.get("r.io").orElseThrow().isIdentityToken()).isTrue();
    }

    @Test
    void aHelperMayHaveNoLogin() throws Exception {
        assertThat(program("echo credentials not found in native keychain; exit 1").get("r.io")).isEmpty();
    }

    @Test
    void whatAHelperSaysIsNotQuoted() throws Exception {
        for (String script : new String[] {"echo s3cret; exit 3", "echo '{\"Secret\":s3cret'", "echo '{}'"}) {
            CredentialProgram program = program(script);
            assertThatThrownBy(() -> program.get("r.io"))
                    .hasNoCause()
                    .hasMessageStartingWith("The credential helper ")
                    .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cret"));
        }
    }

    @Test
    void aHelperThatTalksWithoutAnEndIsStopped() throws Exception {
        CredentialProgram program = program("exec yes");
        assertThatThrownBy(() -> program.get("r.io")).hasMessageContaining(" failed: its answer is too long.");
    }
}
