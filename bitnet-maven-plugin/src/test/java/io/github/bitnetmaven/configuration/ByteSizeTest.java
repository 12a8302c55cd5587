package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    private static final String WHERE = "<budgets><image><maximum> (-Dbitnet.budget.image)";
    private static final String HOW_TO =
            " Write a number and one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 1.4GB.";

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "512 B, 512",
        "500 kB, 500000",
        "500KB, 500000",
        "1.4GB, 1400000000",
        "200MB, 200000000",
        "64MiB, 67108864",
        "1KiB, 1024",
        "0.5GiB, 536870912",
        "2TB, 2000000000000",
        "1TiB, 1099511627776",
        "0.1KiB, 102",
        "' 1.4 GB ', 1400000000",
        "9223372036854775807B, 9223372036854775807",
        "9.223372036854775807TB, 9223372036854"
    })
    void aNumberAndAUnitAreExactBytes(String text, long bytes) throws ConfigurationException {
        assertThat(ByteSize.parse(text, WHERE).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "1,4GB", "1e3MB", ".5GB", "1.GB", "1 4GB", "1GB/s", "٣GB"})
    void anythingElseIsRefused(String text) {
        assertRefused(text, "that is not a size");
    }

    @Test
    void aNumberWithoutAUnitIsRefused() {
        assertRefused("1.4", "it has no unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1Mb", "1mb", "1G", "1kb", "1gib", "1PB", "2percent"})
    void anUnknownUnitIsRefused(String text) {
        assertRefused(text, "its unit is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808B", "8388608TiB", "999999999999999999999TB"})
    void whatDoesNotFitIsRefused(String text) {
        assertRefused(text, "that is too large");
    }

    @Test
    void aPartOfAByteIsRefused() {
        assertRefused("0.5B", "that is not a whole number of bytes");
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> ByteSize.parse(text, WHERE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(WHERE + " is '" + text + "', but " + why + "." + HOW_TO);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1187801280, 1.19 GB",
        "999500, 1 MB",
        "999499, 999 kB",
        "20100000, 20.1 MB",
        "4940000, 4.94 MB",
        "9223372036854775807, 9220000 TB"
    })
    void bytesArePrintedDecimalWithThreeDigits(long bytes, String printed) {
        assertThat(ByteSize.print(bytes)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "1.4GB, 1400000001, 1.41 GB",
        "1.4GB, 1420100000, 1.43 GB",
        "1.4GB, 1400000000, 1.4 GB",
        "1.4GB, 1399999999, 1.39 GB",
        "1.4GB, 1285861168, 1.29 GB",
        "1.4GB, 1395000001, 1.39 GB",
        "0.9999GB, 999900001, 1 GB",
        "1.400001GB, 1400001001, 1.400002 GB",
        "1400MB, 1400000001, 1.401 GB",
        "200MB, 200000001, 201 MB",
        "64MiB, 67108865, 67.2 MB",
        "0B, 1, 1 B",
        "9223372036854775806B, 9223372036854775807, 9223372.036854775807 TB"
    })
    void anActualValueIsRoundedAwayFromTheLimit(String limit, long actual, String printed)
            throws ConfigurationException {
        assertThat(ByteSize.parse(limit, WHERE).printActual(actual)).isEqualTo(printed);
    }

    @Test
    void aValueAboveTheLimitNeverReadsAsEqual() throws ConfigurationException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] units = {"B", "kB", "MB", "GB", "KiB", "MiB", "GiB"};
        for (int i = 0; i < 20_000; i++) {
            String unit = units[random.nextInt(units.length)];
            String number = unit.equals("B")
                    ? "" + random.nextInt(2_000)
                    : random.nextInt(2_000) + "." + random.nextInt(100_000);
            ByteSize limit = ByteSize.parse(number + unit, WHERE);
            long actual = limit.bytes() + 1 + random.nextInt(3);
            String decimal = unit.contains("i") ? limit.toString().replaceAll(".*\\((.*)\\)", "$1") : limit.toString();
            assertThat(inBytes(limit.printActual(actual)))
                    .as("seed %d: limit %s, actual %d", seed, limit, actual)
                    .isGreaterThan(inBytes(decimal));
        }
    }

    private static double inBytes(String printed) throws ConfigurationException {
        String[] parts = printed.split(" ");
        return Double.parseDouble(parts[0]) * ByteSize.parse("1" + parts[1], WHERE).bytes();
    }

    @Test
    void aBinaryLimitAlsoShowsItsDecimalValue() throws ConfigurationException {
        assertThat(ByteSize.parse("64MiB", WHERE)).hasToString("64 MiB (67.1 MB)");
        assertThat(ByteSize.parse("1.40 GB", WHERE)).hasToString("1.40 GB");
        assertThat(ByteSize.parse("1.40 GB", WHERE).text()).isEqualTo("1.40GB");
    }
}
