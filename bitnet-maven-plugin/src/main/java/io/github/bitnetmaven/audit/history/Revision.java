package io.github.bitnetmaven.audit.history;

import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.configuration.GrowthSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/** What source an image was made of, and when that was: of git's last commit where neither is given. */
public record Revision(String id, Instant time) {
    private static final int SECONDS = 20;
    private static final String GIVE_IT = " Give both with -Dbitnet.history.revision and -Dbitnet.history.time.";

    /**
     * @param directory in the work tree
     * @throws AuditFileException when something is not given and git does not tell it
     */
    public static Revision of(GrowthSettings given, Path directory) throws AuditFileException {
        String id = given.revision();
        String time = given.time();
        if (id == null || time == null) {
            String[] commit = lastCommit(directory).split(" ");
            if (commit.length != 2) {
                throw new AuditFileException("git tells no commit for " + directory + "." + GIVE_IT);
            }
            id = id == null ? commit[0] : id;
            time = time == null ? commit[1] : time;
        }
        return new Revision(id, OffsetDateTime.parse(time).toInstant());
    }

    private static String lastCommit(Path directory) throws AuditFileException {
        try {
            Process git = new ProcessBuilder("git", "log", "-1", "--format=%H %cI")
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                throw new AuditFileException("git did not answer within " + SECONDS + " s." + GIVE_IT);
            }
            return new String(git.getInputStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new AuditFileException("git cannot be run to tell the revision of " + directory + "." + GIVE_IT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditFileException("The build was interrupted.", e);
        }
    }
}
