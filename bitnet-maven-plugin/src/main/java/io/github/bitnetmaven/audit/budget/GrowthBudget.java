package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.GrowthParameters;
import io.github.bitnetmaven.configuration.GrowthTerms;
import io.github.bitnetmaven.configuration.GrowthTerms.Counted;
import io.github.bitnetmaven.configuration.GrowthTerms.IfMissing;
import io.github.bitnetmaven.configuration.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code <growth>}: how much more than the baseline. A refreshed base image is told, and does not count. */
record GrowthBudget(GrowthTerms growthTerms) implements Budget {
    static final String WHERE = "<budgets><growth>";

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        GrowthParameters parameters = budgets.growth();
        if (parameters == null) {
            return List.of();
        }
        GrowthTerms terms = parameters.growthTerms(WHERE);
        List<Budget> all = new ArrayList<>(List.of(new GrowthBudget(terms)));
        if (terms.window() > 0) {
            all.add(new DriftBudget(terms));
        }
        return all;
    }

    @Override
    public BudgetTerms terms() {
        return growthTerms.terms();
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Growth growth = evidence.growth();
        String image = evidence.measurement().name();
        if (growth == null) {
            return missing(image);
        }
        String reference = growth.against().kind().equals("baseline")
                ? "the baseline " + Printable.of(growth.against().where())
                : Printable.of(growth.against().where());
        List<GrownPart> parts = new ArrayList<>();
        for (Part part : growthTerms.counted() == Counted.IMAGE ? List.of(Part.IMAGE) : List.of(Part.OWN, Part.MODEL)) {
            PartGrowth grown = growth.part(part);
            if (part != Part.MODEL || grown.beforeBytes() + grown.afterBytes() > 0) {
                parts.add(new GrownPart(growthTerms, what(part, growth.base()), grown.beforeBytes(), grown.afterBytes()));
            }
        }
        GrownPart worst = parts.stream().max(Comparator.comparingLong(GrownPart::over)).orElseThrow();
        StringBuilder message = new StringBuilder();
        for (GrownPart part : parts) {
            if (part == worst || !part.kept()) {
                message.append(message.isEmpty() ? "" : " ").append(part.sentence("The image " + image, "in " + reference));
            }
        }
        message.append(base(growth)).append(ByteLimit.reason(terms(), worst.kept()));
        return worst.verdict(image, message.toString());
    }

    private static String what(Part part, BaseChange base) {
        return switch (part) {
            case MODEL -> "of models";
            case IMAGE -> "in all layers";
            case OWN, BASE ->
                base == BaseChange.NONE || base == BaseChange.UNKNOWN
                        ? "without its model"
                        : "of its own, without base image and model";
        };
    }

    private String base(Growth growth) {
        if (growth.base() == BaseChange.UNKNOWN) {
            return " Its base image is not known on both sides, so all layers were compared.";
        }
        long bytes = growth.part(Part.BASE).bytes();
        if (growth.base() != BaseChange.REFRESHED || growthTerms.counted() == Counted.IMAGE) {
            return "";
        }
        return " The base image was refreshed and has " + (bytes == 0 ? "as much as before" : ByteSize.print(Math.abs(bytes))
                + (bytes > 0 ? " more" : " less")) + ", which does not count.";
    }

    private Verdict missing(String image) {
        boolean ignored = growthTerms.ifMissing() == IfMissing.IGNORE;
        String message = "There is no baseline to measure the growth of " + image + " against"
                + (ignored
                        ? ", which its budget growth lets pass."
                        : ". Record one with bitnet:baseline and commit it, or set <growth><ifMissing> to IGNORE.");
        return new Verdict(
                "growth",
                image,
                growthTerms.maximum().text(),
                0,
                0,
                Verdict.Unit.BYTES,
                growthTerms.ifMissing() == IfMissing.FAIL ? terms().level() : Level.WARN,
                terms().reason(),
                ignored,
                "no baseline",
                "",
                message + ByteLimit.reason(terms(), ignored),
                List.of());
    }
}
