package io.github.bitnetmaven.image;

import io.github.bitnetmaven.progress.Progress;
import java.util.Optional;

/** A place that an image can be read from. */
public interface ImageSource {
    /**
     * Reads the image in one pass.
     *
     * @throws ImageException when anything is missing, truncated, altered or unreadable: never a smaller number
     */
    Image read(ReadOptions options, Progress progress) throws ImageException;

    /**
     * What is known before any layer is read; empty where nothing is.
     *
     * @throws ImageException as {@link #read} would
     */
    default Optional<Outline> outline(ReadOptions options) throws ImageException {
        return Optional.empty();
    }
}
