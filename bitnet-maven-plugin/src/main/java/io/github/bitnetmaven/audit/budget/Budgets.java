package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.Level;
import io.github.bitnetmaven.configuration.Problems;
import io.github.bitnetmaven.configuration.Waiver;
import io.github.bitnetmaven.image.Outline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The budgets of an image, validated. */
public record Budgets(List<Budget> all) {
    /** What to tell a user who checks an image without any budget. */
    public static final String NONE_IS_SET = "No budget is set, so there is nothing to check. Set one in <budgets>,"
            + " such as <withoutModel><maximum>200MB</maximum></withoutModel>, or on the command line, such as"
            + " -Dbitnet.budget.image=1.4GB.";

    /** What to tell a user whose image is built without any budget. */
    public static final String DEFAULT_IS_USED =
            "No budget is set: the default is used, withoutModel with a maximum of 200 MB.";

    /** A new budget is one line here. */
    private static final List<Source> SOURCES = List.of(
            ImageBudget::of,
            WithoutModelBudget::of,
            OwnBudget::of,
            PackedBudget::of,
            WasteBudget::of,
            LayerCountBudget::of,
            LayerBudget::of,
            InstructionBudget::of,
            PathBudget::of,
            ForbiddenBudget::of,
            GrowthBudget::of,
            FindingBudget::of);

    private interface Source {
        List<Budget> of(BudgetsParameters parameters) throws ConfigurationException;
    }

    public Budgets {
        all = List.copyOf(all);
    }

    /**
     * The configured budgets; empty when there are none.
     *
     * @throws ConfigurationException that names everything that is wrong with them
     */
    public static Budgets of(BudgetsParameters parameters) throws ConfigurationException {
        Problems problems = new Problems();
        List<Budget> all = new ArrayList<>();
        for (Source source : SOURCES) {
            try {
                all.addAll(source.of(parameters));
            } catch (ConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        problems.throwIfAny();
        return new Budgets(all);
    }

    /** What a build uses when no budget is set; see {@link #DEFAULT_IS_USED}. */
    public static Budgets defaults() {
        ByteSize maximum = new ByteSize(200_000_000, "200", ByteSize.Unit.MB);
        BudgetTerms terms = new BudgetTerms("<budgets><withoutModel>", Level.ERROR, null);
        return new Budgets(List.of(new WithoutModelBudget(new ByteLimit("withoutModel", maximum, terms))));
    }

    /**
     * Refuses waivers that end more than a year after today.
     *
     * @throws ConfigurationException that names all of them
     */
    public void refuseLongWaivers(LocalDate today) throws ConfigurationException {
        Problems problems = new Problems();
        for (Budget budget : all) {
            Waiver waiver = budget.terms().waiver();
            try {
                if (waiver != null) {
                    waiver.refuseIfTooFarOff(today, budget.terms().where());
                }
            } catch (ConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        problems.throwIfAny();
    }

    /**
     * Why an image that holds a model cannot keep these budgets; empty when it may. Worth asking before it is built.
     *
     * @param bytes of the model
     */
    public Optional<String> whyTooLarge(String image, String model, long bytes, LocalDate today) {
        List<Verdict> failed = all.stream()
                .flatMap(budget -> budget.judgeModelAlone(model, bytes)
                        .map(verdict -> waived(verdict, budget.terms().waiver(), today))
                        .stream())
                .filter(Verdict::fails)
                .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.size() + " of " + all.size() + " budgets exceeded for " + image
                        + ", so nothing was built:\n"
                        + failed.stream().map(verdict -> "- " + verdict.message()).collect(Collectors.joining("\n")));
    }

    private static Verdict waived(Verdict verdict, @Nullable Waiver waiver, LocalDate today) {
        return waiver == null ? verdict : verdict.under(waiver, today);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The sentences of all budgets that are exceeded as can be told before the image's layers are read. */
    public List<String> foresee(String name, Outline outline) {
        String printable = Printable.of(name, 300);
        return all.stream()
                .flatMap(budget -> budget.foresee(printable, outline).stream())
                .toList();
    }
}
