package io.github.bitnetmaven.image.registry;

import io.github.bitnetmaven.image.ImageException;
import java.util.List;
import java.util.Optional;

/** A place where logins are kept. */
public interface CredentialSource {
    /**
     * The login for a registry; empty when there is none here.
     *
     * @throws ImageException when there may be one, but it cannot be read; the message holds no secret
     */
    Optional<Credential> find(Repository repository) throws ImageException;

    /** The first of these that has a login. */
    static CredentialSource firstOf(List<CredentialSource> sources) {
        List<CredentialSource> all = List.copyOf(sources);
        return repository -> {
            for (CredentialSource source : all) {
                Optional<Credential> found = source.find(repository);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }
}
