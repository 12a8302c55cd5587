package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.file.AtomicFile;
import io.github.bitnetmaven.file.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which image was built of what: for each {@link BuildKey} a file with the image's id. Whether an engine still has the
 * image is for it to say. What cannot be read or written is built again.
 *
 * @param directory belongs to this class; it is made when something is kept
 */
record BuiltImages(Path directory) {
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int LONGEST = 100;
    /** Those not used for the longest time go first. */
    private static final int MOST_FILES = 500;

    /** The id of the image that was built of this. */
    Optional<String> find(String key) {
        try (InputStream in = Files.newInputStream(directory.resolve(key))) {
            String id = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip();
            if (!ID.matcher(id).matches()) {
                return Optional.empty();
            }
            KeptFiles.used(directory.resolve(key));
            return Optional.of(id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps that this image was built of this. */
    void keep(String key, String id) {
        try {
            AtomicFile.write(directory.resolve(key), out -> out.write((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            KeptFiles.prune(directory, MOST_FILES, Long.MAX_VALUE);
        } catch (IOException e) {
            // The next build runs docker-maven-plugin again.
            return;
        }
    }
}
