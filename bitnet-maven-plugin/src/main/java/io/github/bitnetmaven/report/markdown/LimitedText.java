package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.report.format.Headline;
import java.util.ArrayList;
import java.util.List;

/** Text of limited length, line by line: what does not fit is counted, and told at the end. */
final class LimitedText {
    /** GitHub refuses comments of more than 65,536 characters. */
    static final int MAXIMUM = 60_000;

    /** Room for the sentence at the end. */
    private static final int END = 500;

    private final StringBuilder text = new StringBuilder();
    private final List<String> leftOut = new ArrayList<>();

    /** A line that is never left out. */
    void line(String line) {
        text.append(line).append('\n');
    }

    /**
     * A table or list, with as many rows as fit.
     *
     * @param head what stands before the first row; empty for nothing
     * @param what one row is, for the sentence at the end
     * @param room characters that it may take at most, so that there is room for what comes after
     */
    void section(String head, String what, List<String> rows, int room) {
        int written = 0;
        int limit = Math.min(MAXIMUM - END, text.length() + room);
        for (String row : rows) {
            int more = row.length() + 1 + (written == 0 ? head.length() + 2 : 0);
            if (text.length() + more > limit) {
                break;
            }
            if (written == 0) {
                text.append('\n').append(head).append(head.isEmpty() ? "" : "\n");
            }
            text.append(row).append('\n');
            written++;
        }
        if (written < rows.size()) {
            leftOut.add(Headline.counted(rows.size() - written, what));
        }
    }

    @Override
    public String toString() {
        return leftOut.isEmpty()
                ? text.toString()
                : text + "\nLeft out here, to keep below 60,000 characters: " + String.join(", ", leftOut)
                        + ". audit.json and the inventory beside it have them all.\n";
    }
}
