package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.registry.Credential;
import io.github.bitnetmaven.image.registry.CredentialSource;
import io.github.bitnetmaven.image.registry.Repository;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Logins of Maven's {@code settings.xml}: the {@code <server>} whose {@code <id>} is the registry, decrypted. */
final class SettingsCredentials implements CredentialSource {
    private final MavenSession session;
    private final SettingsDecrypter decrypter;

    SettingsCredentials(MavenSession session, SettingsDecrypter decrypter) {
        this.session = session;
        this.decrypter = decrypter;
    }

    @Override
    public Optional<Credential> find(Repository repository) throws ImageException {
        for (String id : repository.loginNames()) {
            Server server = session.getSettings().getServer(id);
            if (server != null && server.getUsername() != null) {
                return Optional.of(decrypted(server));
            }
        }
        return Optional.empty();
    }

    private Credential decrypted(Server server) throws ImageException {
        String origin = "the server '" + server.getId() + "' in Maven's settings.xml";
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        boolean failed = result.getProblems().stream()
                .anyMatch(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING);
        String password = result.getServer() == null ? null : result.getServer().getPassword();
        if (failed || password == null) {
            // What the decrypter says may quote the password.
            throw new ImageException("The password of " + origin + " is missing or cannot be decrypted. Mend it there,"
                    + " and the master password in settings-security.xml.");
        }
        return Credential.ofPassword(result.getServer().getUsername(), password, origin);
    }
}
