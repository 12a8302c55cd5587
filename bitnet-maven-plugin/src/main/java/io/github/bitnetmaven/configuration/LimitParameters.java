package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** A budget with a {@code <maximum>}. */
public class LimitParameters extends BudgetParameters {
    @Nullable String maximum;

    private @Nullable String property;

    /** Names the property, which beats the XML. An empty one is kept, to be refused. */
    void complete(@Nullable String value, String name) {
        property = name;
        maximum = value == null ? maximum : value;
    }

    /**
     * The maximum as a size.
     *
     * @param where XML path of this element
     */
    public ByteSize maximumBytes(String where) throws ConfigurationException {
        return ByteSize.parse(maximum(where, "1.4GB"), whereMaximum(where));
    }

    /**
     * The maximum as a plain number.
     *
     * @param where XML path of this element
     */
    public int maximumCount(String where) throws ConfigurationException {
        String text = maximum(where, "12").strip();
        if (!text.matches("[0-9]{1,9}")) {
            throw new ConfigurationException(whereMaximum(where) + " is '" + Problems.printable(text)
                    + "', but must be a whole number without a unit, such as 12.");
        }
        return Integer.parseInt(text);
    }

    String maximum(String where, String example) throws ConfigurationException {
        if (maximum == null) {
            throw new ConfigurationException(
                    where + " has no maximum. Write one, such as <maximum>" + example + "</maximum>.");
        }
        return maximum;
    }

    String whereMaximum(String where) {
        return where + "<maximum>" + (property == null ? "" : " (-D" + property + ")");
    }
}
