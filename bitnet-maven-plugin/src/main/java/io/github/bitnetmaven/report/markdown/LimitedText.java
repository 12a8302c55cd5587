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
     * @param most how many rows are shown even where more would fit, so that there is room for what comes after
     */
    void section(String head, String what, List<String> rows, int most) {
        int written = 0;
        for (String row : rows) {
            int more = row.length() + 1 + (written == 0 ? head.length() + 2 : 0);
            if (written == most || text.length() + more > MAXIMUM - END) {
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
                        + ". audit.json has them all.\n";
    }
}
