package io.github.bitnetmaven.mojo;

import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;

/** Real sessions of Maven, as far as tests need them. */
final class Sessions {
    private Sessions() {}

    @SuppressWarnings("deprecation")
    static MavenSession session() {
        return new MavenSession(
                null,
                MavenRepositorySystemUtils.newSession(),
                new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult());
    }
}
