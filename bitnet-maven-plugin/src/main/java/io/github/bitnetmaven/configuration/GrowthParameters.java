package io.github.bitnetmaven.configuration;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code <budgets><growth>}: how much an image may grow against a baseline. Maven fills the fields. */
public class GrowthParameters extends LimitParameters {
    @Nullable String baseline;

    @Nullable String minimumBytes;

    @Nullable String ifMissing;

    @Nullable String part;

    @Nullable String window;

    /** Properties beat elements. */
    void complete(Function<String, @Nullable String> property) {
        complete(property.apply("bitnet.budget.growth"), "bitnet.budget.growth");
        baseline = or(property.apply("bitnet.baseline"), baseline);
    }

    private static @Nullable String or(@Nullable String value, @Nullable String element) {
        return value == null || value.isBlank() ? element : value;
    }

    /**
     * The budget, validated.
     *
     * @param where XML path of this element
     */
    public GrowthTerms growthTerms(String where) throws ConfigurationException {
        Problems problems = new Problems();
        Option missing = new Option(where + "<ifMissing>", null, ifMissing);
        Option which = new Option(where + "<part>", null, part);
        GrowthTerms terms = new GrowthTerms(
                GrowthLimit.parse(maximum(where, "2%"), whereMaximum(where)),
                minimumBytes == null ? 0 : ByteSize.parse(minimumBytes, where + "<minimumBytes>").bytes(),
                missing.oneOf(GrowthTerms.IfMissing.class, GrowthTerms.IfMissing.FAIL, problems),
                which.oneOf(GrowthTerms.Counted.class, GrowthTerms.Counted.OWN, problems),
                window(where, problems),
                terms(where));
        problems.throwIfAny();
        return terms;
    }

    private int window(String where, Problems problems) {
        if (window == null || window.isBlank()) {
            return 0;
        }
        if (window.strip().matches("[0-9]{1,4}") && Integer.parseInt(window.strip()) > 0) {
            return Integer.parseInt(window.strip());
        }
        new Option(where + "<window>", null, window)
                .refuse(problems, "it must be a number of audits of the history from 1 to 9999, such as 30");
        return 0;
    }
}
