package io.github.bitnetmaven.audit.history;

import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The audits of the past, oldest first.
 *
 * @param torn whether the last line was cut off and left out
 */
public record History(List<HistoryEntry> entries, boolean torn) {
    public History {
        // A merge of two branches leaves lines in any order.
        entries = entries.stream().sorted(Comparator.comparing(HistoryEntry::time)).toList();
    }

    public static History empty() {
        return new History(List.of(), false);
    }

    /** Those of one image, whatever its registry and tag, and platform. */
    public History of(String image, @Nullable String platform) {
        String wanted = repository(image);
        return new History(
                entries.stream()
                        .filter(entry -> repository(entry.image()).equals(wanted))
                        .filter(entry -> platform == null
                                || entry.platform() == null
                                || entry.platform().equals(platform))
                        .toList(),
                torn);
    }

    /** With one more, unless the very same is there. */
    public History with(HistoryEntry entry) {
        if (entries.contains(entry)) {
            return this;
        }
        List<HistoryEntry> more = new ArrayList<>(entries);
        more.add(entry);
        return new History(more, torn);
    }

    /** Those of the newest revisions: an audit that is done again does not push an older one out. */
    public List<HistoryEntry> newest(int revisions) {
        Set<String> seen = new HashSet<>();
        List<HistoryEntry> newest = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            HistoryEntry entry = entries.get(i);
            if (!seen.contains(entry.revision()) && seen.size() == revisions) {
                break;
            }
            seen.add(entry.revision());
            newest.add(0, entry);
        }
        return newest;
    }

    private static String repository(String image) {
        try {
            return ImageReference.parse(image).repository();
        } catch (ConfigurationException e) {
            return image;
        }
    }
}
