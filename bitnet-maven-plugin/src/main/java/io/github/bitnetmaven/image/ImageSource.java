package io.github.bitnetmaven.image;

import io.github.bitnetmaven.progress.Progress;

/** A place that an image can be read from. */
public interface ImageSource {
    /**
     * Reads the image in one pass.
     *
     * @throws ImageException when anything is missing, truncated, altered or unreadable: never a smaller number
     */
    Image read(ReadOptions options, Progress progress) throws ImageException;
}
