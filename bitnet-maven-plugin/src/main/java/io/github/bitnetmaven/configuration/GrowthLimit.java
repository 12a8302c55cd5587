package io.github.bitnetmaven.configuration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much something may grow: a percentage of what it was, or bytes.
 *
 * @param text as written, without blanks: {@code 2%}
 * @param percent null when the limit is in bytes
 * @param bytes null when the limit is a percentage
 */
public record GrowthLimit(String text, @Nullable BigDecimal percent, @Nullable Long bytes) {
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*%");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Parses what a person wrote. A number alone is refused: a ratio that is read as a percentage, or a percentage that
     * is read as bytes, would be another gate than was meant.
     *
     * @param where XML path and property of the text, for the message
     */
    public static GrowthLimit parse(String text, String where) throws ConfigurationException {
        String stripped = text.strip();
        Matcher percent = PERCENT.matcher(stripped);
        if (percent.matches()) {
            return new GrowthLimit(percent.group(1) + "%", new BigDecimal(percent.group(1)), null);
        }
        if (NUMBER.matcher(stripped).matches()) {
            BigDecimal number = new BigDecimal(stripped);
            BigDecimal meant = number.compareTo(BigDecimal.ONE) < 0 ? number.multiply(HUNDRED) : number;
            throw new ConfigurationException(where + " is '" + stripped + "', but says neither percent nor bytes. Write "
                    + meant.stripTrailingZeros().toPlainString() + "%, or a size such as 2MB.");
        }
        if (stripped.endsWith("%")) {
            throw new ConfigurationException(where + " is '" + Problems.printable(stripped)
                    + "', but that is not a percentage such as 2% or 0.5%.");
        }
        ByteSize size = ByteSize.parse(stripped, where);
        return new GrowthLimit(size.text(), null, size.bytes());
    }

    /** How many bytes something of that size may grow; rounded down. */
    public long allowed(long before) {
        if (bytes != null) {
            return bytes;
        }
        BigDecimal share = BigDecimal.valueOf(before)
                .multiply(percent == null ? BigDecimal.ZERO : percent)
                .divide(HUNDRED, 0, RoundingMode.FLOOR);
        return share.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
