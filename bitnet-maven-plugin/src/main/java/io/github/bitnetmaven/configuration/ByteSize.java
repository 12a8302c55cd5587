package io.github.bitnetmaven.configuration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes as a person wrote it, and the one place that parses and prints sizes. Printed sizes are decimal:
 * 1 MB = 1,000,000 B.
 *
 * @param bytes the exact number of bytes, not negative
 * @param number the number as written, such as {@code 1.4}
 */
public record ByteSize(long bytes, String number, Unit unit) {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*(\\p{Alpha}*)");
    private static final String HOW_TO =
            "Write a number and one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 1.4GB.";
    private static final int SIGNIFICANT_DIGITS = 3;

    /** What a size may be written in. */
    public enum Unit {
        B("B", 1),
        KB("kB", 1_000),
        MB("MB", 1_000_000),
        GB("GB", 1_000_000_000),
        TB("TB", 1_000_000_000_000L),
        KIB("KiB", 1L << 10),
        MIB("MiB", 1L << 20),
        GIB("GiB", 1L << 30),
        TIB("TiB", 1L << 40);

        private static final Unit[] DECIMAL = {TB, GB, MB, KB, B};

        private final String symbol;
        private final long bytes;

        Unit(String symbol, long bytes) {
            this.symbol = symbol;
            this.bytes = bytes;
        }

        public String symbol() {
            return symbol;
        }

        boolean isBinary() {
            return ordinal() >= KIB.ordinal();
        }
    }

    /**
     * Parses what a person wrote, such as {@code 1.4GB}, {@code 500 kB} or {@code 64MiB}.
     *
     * @param where XML path and property of the text, for the message
     */
    public static ByteSize parse(String text, String where) throws ConfigurationException {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw invalid(where, text, "that is not a size");
        }
        if (matcher.group(2).isEmpty()) {
            throw invalid(where, text, "it has no unit");
        }
        Unit unit = unit(matcher.group(2));
        if (unit == null) {
            throw invalid(where, text, "its unit is not known");
        }
        BigDecimal exact = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.bytes));
        if (exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(where, text, "that is too large");
        }
        long bytes = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
        if (unit == Unit.B && exact.compareTo(BigDecimal.valueOf(bytes)) != 0) {
            throw invalid(where, text, "that is not a whole number of bytes");
        }
        return new ByteSize(bytes, matcher.group(1), unit);
    }

    private static @Nullable Unit unit(String symbol) {
        if (symbol.equals("KB")) {
            return Unit.KB;
        }
        for (Unit unit : Unit.values()) {
            if (unit.symbol.equals(symbol)) {
                return unit;
            }
        }
        return null;
    }

    private static ConfigurationException invalid(String where, String text, String why) {
        return new ConfigurationException(where + " is '" + Problems.printable(text) + "', but " + why + ". " + HOW_TO);
    }

    /** As written, without blanks: {@code 1.4GB}. */
    public String text() {
        return number + unit.symbol;
    }

    /** As written; a binary size with its decimal value, rounded down: {@code 64 MiB (67.1 MB)}. */
    @Override
    public String toString() {
        String written = number + " " + unit.symbol;
        return unit.isBinary() ? written + " (" + print(bytes, stepOf(bytes), RoundingMode.FLOOR) + ")" : written;
    }

    /** Prints bytes with three significant digits, as in {@code 1.19 GB}. */
    public static String print(long bytes) {
        return print(bytes, stepOf(bytes), RoundingMode.HALF_UP);
    }

    /**
     * Prints a value beside this limit, at least as precisely as the limit was written: above the limit rounded up,
     * below it to the nearest, but down where the nearest would read as the limit. So only what equals the limit reads
     * so.
     */
    public String printActual(long actual) {
        long step = Math.min(stepOf(actual), stepOfLimit());
        if (actual > bytes) {
            return print(actual, step, RoundingMode.CEILING);
        }
        boolean readsAsLimit = rounded(actual, step, RoundingMode.HALF_UP).compareTo(BigDecimal.valueOf(bytes)) >= 0;
        return print(actual, step, readsAsLimit ? RoundingMode.FLOOR : RoundingMode.HALF_UP);
    }

    /** The weight of the limit's last written digit, as a power of ten of bytes. */
    private long stepOfLimit() {
        int dot = number.indexOf('.');
        int decimals = dot < 0 ? 0 : number.length() - dot - 1;
        long step = 1;
        BigDecimal last = BigDecimal.valueOf(unit.bytes).movePointLeft(decimals);
        while (BigDecimal.valueOf(step).movePointRight(1).compareTo(last) <= 0) {
            step *= 10;
        }
        return step;
    }

    /** The weight of the last of three significant digits. */
    private static long stepOf(long bytes) {
        int digits = Long.toString(bytes).length();
        long step = 1;
        for (int i = SIGNIFICANT_DIGITS; i < digits; i++) {
            step *= 10;
        }
        return step;
    }

    private static BigDecimal rounded(long bytes, long step, RoundingMode rounding) {
        return BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(step), 0, rounding)
                .multiply(BigDecimal.valueOf(step));
    }

    private static String print(long bytes, long step, RoundingMode rounding) {
        BigDecimal rounded = rounded(bytes, step, rounding);
        for (Unit unit : Unit.DECIMAL) {
            if (rounded.compareTo(BigDecimal.valueOf(unit.bytes)) >= 0 || unit == Unit.B) {
                BigDecimal number = rounded.divide(BigDecimal.valueOf(unit.bytes)).stripTrailingZeros();
                return number.toPlainString() + " " + unit.symbol;
            }
        }
        throw new AssertionError(bytes);
    }
}
