package io.github.bitnetmaven.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A credential helper, {@code docker-credential-NAME}, which is asked by its standard input and answers with JSON
 * (https://github.com/docker/docker-credential-helpers).
 */
final class CredentialProgram {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
    private static final int MAXIMUM_ANSWER = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a helper gives as the user when the secret is an identity token. */
    private static final String TOKEN_USER = "<token>";

    private final String program;

    CredentialProgram(String program) {
        this.program = program;
    }

    /**
     * @param name without the prefix, as the Docker configuration has it
     */
    static CredentialProgram named(String name) throws ImageException {
        if (!NAME.matcher(name).matches()) {
            throw new ImageException("The Docker configuration names a credential helper that cannot be the name of a"
                    + " program. Mend 'credsStore' and 'credHelpers' there.");
        }
        return new CredentialProgram("docker-credential-" + name);
    }

    /** The login for a server; empty when the program has none. */
    Optional<Credential> get(String server) throws ImageException {
        Process process;
        try {
            process = new ProcessBuilder(program, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new ImageException("The credential helper " + program + ", which the Docker configuration names,"
                    + " cannot be started. Install it, or log in again with \"docker login\".", e);
        }
        Thread watch = new Thread(() -> endAfterPatience(process), "bitnet credential helper");
        watch.setDaemon(true);
        watch.start();
        try (InputStream answer = process.getInputStream()) {
            ask(process, server);
            byte[] json = answer.readNBytes(MAXIMUM_ANSWER + 1);
            if (json.length > MAXIMUM_ANSWER) {
                throw failed("its answer is too long");
            }
            int status = process.waitFor();
            return status == 0 ? Optional.of(parse(json)) : none(json, status);
        } catch (IOException e) {
            throw failed("its answer cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted");
        } finally {
            process.destroyForcibly();
            watch.interrupt();
        }
    }

    private static void endAfterPatience(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            return; // It has answered.
        }
    }

    private static void ask(Process process, String server) {
        try (OutputStream question = process.getOutputStream()) {
            question.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // It did not read: its answer tells why.
        }
    }

    private Credential parse(byte[] json) throws ImageException {
        JsonNode answer;
        try {
            answer = new ObjectMapper().readTree(json);
        } catch (IOException e) {
            // The exception quotes the text, which may be a secret: it must not be the cause.
            throw failed("its answer is not JSON");
        }
        String user = answer.path("Username").asText("");
        String secret = answer.path("Secret").asText("");
        if (secret.isEmpty()) {
            throw failed("its answer has no secret");
        }
        return new Credential(user, secret, user.equals(TOKEN_USER), "the credential helper " + program);
    }

    /** Helpers say on standard output, with status 1, that they have no login. */
    private Optional<Credential> none(byte[] answer, int status) throws ImageException {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (text.contains("credentials not found")) {
            return Optional.empty();
        }
        throw failed("it ended with status " + status);
    }

    private ImageException failed(String why) {
        return new ImageException("The credential helper " + program + " failed: " + why + ". Run it by hand (\"echo"
                + " REGISTRY | " + program + " get\"), or log in again with \"docker login\".");
    }
}
