package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.GrowthTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A part of an image that was larger or smaller, held against how much it may grow.
 *
 * @param what the part, as in {@code of its own, without base image and model}
 */
record GrownPart(GrowthTerms terms, String what, long before, long after) {
    long grown() {
        return after - before;
    }

    /** How many bytes more than it may have grown; negative for what is left. */
    long over() {
        return grown() - terms.allowed(before);
    }

    boolean kept() {
        return over() <= 0;
    }

    /**
     * As in {@code The image x has 5.2 MB of its own, which is 0.2 MB (4 %) more than the 5 MB in y, and …}.
     *
     * @param in where the bytes before are from, as in {@code in the baseline x}
     */
    String sentence(String image, String in) {
        String start = image + " has " + ByteSize.print(after) + " " + what + ", which is ";
        if (grown() == 0) {
            return start + "as much as " + in + "; its budget growth is " + terms.maximum().text() + ".";
        }
        String moved = ByteSize.print(Math.abs(grown())) + percent() + (grown() > 0 ? " more" : " less") + " than the "
                + ByteSize.print(before) + " " + in;
        if (grown() < 0) {
            return start + moved + "; its budget growth is " + terms.maximum().text() + ".";
        }
        if (!kept()) {
            return start + moved + ", and " + ByteSize.print(over()) + " more than its budget growth of "
                    + terms.maximum().text() + " allows.";
        }
        if (grown() > terms.maximum().allowed(before)) {
            return start + moved + ": more than its budget growth of " + terms.maximum().text()
                    + ", but no more than the " + ByteSize.print(terms.minimumBytes()) + " that never count.";
        }
        return start + moved + ", and within its budget growth of " + terms.maximum().text() + ".";
    }

    /** Rounded away from the limit, so that a violation never reads as equal. */
    private String percent() {
        if (before == 0) {
            return "";
        }
        BigDecimal exact = BigDecimal.valueOf(Math.abs(grown()))
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(before), 12, RoundingMode.HALF_UP);
        RoundingMode rounding = kept() ? RoundingMode.FLOOR : RoundingMode.CEILING;
        return " (" + exact.setScale(2, rounding).stripTrailingZeros().toPlainString() + " %)";
    }

    Verdict verdict(String subject, String message) {
        return new Verdict(
                "growth",
                subject,
                terms.maximum().text(),
                before + terms.allowed(before),
                after,
                Verdict.Unit.BYTES,
                terms.terms().level(),
                terms.terms().reason(),
                kept(),
                (grown() > 0 ? "+" : grown() < 0 ? "-" : "") + ByteSize.print(Math.abs(grown())),
                over() == 0 ? "0 B left" : ByteSize.print(Math.abs(over())) + (over() > 0 ? " over" : " left"),
                message,
                List.of());
    }
}
