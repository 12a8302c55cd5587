package io.github.bitnetmaven.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an image is read.
 *
 * @param platform which one of an index, such as {@code linux/arm64}; null for this machine's
 * @param verifyDigests check every digest even where contents could be skipped
 * @param contentDigests fill {@link EntryTable#contentDigest}; contents are then read
 * @param baseDiffIds diff ids of the base image, lowest first; empty when there is none
 */
public record ReadOptions(
        @Nullable String platform,
        boolean verifyDigests,
        boolean contentDigests,
        List<String> baseDiffIds,
        List<ContentObserver> observers) {

    public ReadOptions {
        baseDiffIds = List.copyOf(baseDiffIds);
        observers = List.copyOf(observers);
    }

    /** The same with other observers. */
    public ReadOptions withObservers(List<ContentObserver> others) {
        return new ReadOptions(platform, verifyDigests, contentDigests, baseDiffIds, others);
    }

    /** The same with {@link #contentDigests}. */
    public ReadOptions withContentDigests() {
        return new ReadOptions(platform, verifyDigests, true, baseDiffIds, observers);
    }

    /** Sizes only. */
    public static ReadOptions sizesOnly() {
        return new ReadOptions(null, false, false, List.of(), List.of());
    }
}
