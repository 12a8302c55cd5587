package io.github.bitnetmaven.configuration;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a budget be passed until a day, so that an exception ends by itself.
 *
 * @param until the last day on which it holds
 * @param reason why; never empty
 */
public record Waiver(LocalDate until, String reason) {

    /** A waiver as written. That it is not too far off is checked where today is known: {@link #refuseIfTooFarOff}. */
    static Waiver parse(@Nullable String until, @Nullable String reason, String where) throws ConfigurationException {
        if (until == null || until.isBlank()) {
            throw new ConfigurationException(where + " has no date. Write the last day on which it holds, such as"
                    + " <until>2027-03-31</until>.");
        }
        if (reason == null || reason.isBlank()) {
            throw new ConfigurationException(where + " has no reason. Write why the budget may be passed, such as"
                    + " <reason>debug symbols until the crash is found</reason>.");
        }
        try {
            return new Waiver(LocalDate.parse(until.strip()), reason.strip().replaceAll("\\s+", " "));
        } catch (DateTimeParseException e) {
            throw new ConfigurationException(where + "<until> is '" + Problems.printable(until)
                    + "', but must be a day that there is, year, month and day, such as 2027-03-31.");
        }
    }

    /** A waiver without an end in sight would be a higher limit that nobody sees. */
    public void refuseIfTooFarOff(LocalDate today, String where) throws ConfigurationException {
        if (until.isAfter(today.plusYears(1))) {
            throw new ConfigurationException(where + "<waiver><until> is " + until + ", more than a year after today, "
                    + today + ". Write a day within a year, or raise the budget.");
        }
    }
}
