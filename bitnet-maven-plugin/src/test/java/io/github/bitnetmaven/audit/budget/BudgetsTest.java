package io.github.bitnetmaven.audit.budget;

import static io.github.bitnetmaven.audit.budget.RefusedBudgets.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.image.Outline;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Budgets as they are configured, and what they say before there is an image. */
class BudgetsTest {
    @Test
    void aModelThatIsTooLargeIsToldBeforeThereIsAnImage() throws BitnetException {
        Budgets budgets = Budgets.of(Xml.budgets("<image><maximum>1.2GB</maximum></image>"
                + "<withoutModel><maximum>1MB</maximum></withoutModel>"
                + "<layer><maximum>1GB</maximum><level>WARN</level></layer>"
                + "<own><maximum>1GB</maximum></own>"));

        assertThat(budgets.whyTooLarge("acme/bitnet:1.0", "m.gguf", 1_300_000_000, LocalDate.of(2026, 1, 1)))
                .hasValue(
                        """
                        2 of 4 budgets exceeded for acme/bitnet:1.0, so nothing was built:
                        - The model m.gguf alone has 1.3 GB, which is 100 MB more than its budget image of 1.2 GB.
                        - The model m.gguf alone has 1.3 GB, which is 300 MB more than its budget own of 1 GB.""");
        assertThat(budgets.whyTooLarge("acme/bitnet:1.0", "m.gguf", 1_000_000_000, LocalDate.of(2026, 1, 1)))
                .isEmpty();
    }

    @Test
    void aWaiverLetsTheModelPass() throws BitnetException {
        Budgets budgets = Budgets.of(Xml.budgets("<image><maximum>1GB</maximum><waiver><until>2026-06-30</until>"
                + "<reason>smaller in July</reason></waiver></image>"));

        assertThat(budgets.whyTooLarge("a:1", "m.gguf", 2_000_000_000, LocalDate.of(2026, 6, 30))).isEmpty();
        assertThat(budgets.whyTooLarge("a:1", "m.gguf", 2_000_000_000, LocalDate.of(2026, 7, 1))).isPresent();
    }

    @Test
    void aPropertyBeatsTheXml() throws BitnetException {
        BudgetsParameters parameters = Xml.budgets("<image><maximum>2GB</maximum><reason>r</reason></image>");
        parameters.complete(Map.of("bitnet.budget.image", "1.4GB", "bitnet.budget.layerCount", "9")::get);

        List<Budget> budgets = Budgets.of(parameters).all();

        assertThat(budgets).hasSize(2);
        assertThat(((ImageBudget) budgets.get(0)).limit().maximum().text()).isEqualTo("1.4GB");
        assertThat(((ImageBudget) budgets.get(0)).limit().terms().reason()).isEqualTo("r");
    }

    @Test
    void anEmptyPropertyDoesNotSwitchABudgetOffUnseen() {
        BudgetsParameters parameters = new BudgetsParameters();
        parameters.complete(Map.of("bitnet.budget.image", "")::get);

        assertThatThrownBy(() -> Budgets.of(parameters))
                .hasMessage("<budgets><image><maximum> (-Dbitnet.budget.image) is '', but that is not a size. Write a"
                        + " number and one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 1.4GB.");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertRefused(
                "<image/><waste><maximum>1MB</maximum><level>FATAL</level></waste>"
                        + "<paths><path><maximum>1MB</maximum></path></paths>"
                        + "<layers><layer><maximum>1MB</maximum></layer></layers><forbidden/>",
                """
                The configuration has 5 problems:
                - <budgets><image> has no maximum. Write one, such as <maximum>1.4GB</maximum>.
                - <budgets><waste><level> is 'FATAL', but must be ERROR (the default) or WARN.
                - <budgets><layers><layer> has no createdBy. Write the instruction that makes the layer, such as \
                <createdBy>COPY * /app/models/*</createdBy>; for a limit of every layer use <budgets><layer>.
                - <budgets><paths><path> has no includes. Write at least one, such as \
                <includes><include>/usr/lib/**</include></includes>.
                - <budgets><forbidden> has no path. Write at least one, such as <path>/root/.cache/**</path>.""");
    }

    @Test
    void findingsOfRulesThatDoNotExistAreRefused() {
        assertRefused(
                "<findings><BN01>ERROR</BN01><docs>WARN</docs><BN002>FATAL</BN002><all>OFF</all></findings>",
                """
                The configuration has 4 problems:
                - <budgets><findings><BN002> (-Dbitnet.budget.findings) is 'FATAL', but must be ERROR (the default), WARN \
                or OFF.
                - <budgets><findings> (-Dbitnet.budget.findings) names a rule 'BN01', which does not exist. Did you mean \
                BN001 (version-control data)?
                - <budgets><findings><all> (-Dbitnet.budget.findings) is OFF, which takes one rule out of all. Remove it \
                instead.
                - <budgets><findings> (-Dbitnet.budget.findings) names a rule 'docs', which does not exist. The rules are \
                BN001, BN002, BN003, BN004, BN005, BN006, BN007, BN008, BN009, BN010, BN011, BN012, BN013, BN014, and all \
                for every one.""");
    }

    @Test
    void allRulesButSomeMayBeBudgets() throws BitnetException {
        Budgets budgets = Budgets.of(Xml.budgets(
                "<findings><all>WARN</all><bn001>ERROR</bn001><BN014>OFF</BN014><BN002/></findings>"));

        assertThat(budgets.all())
                .hasSize(13)
                .extracting(budget -> budget.terms().where() + " " + budget.terms().level())
                .startsWith(
                        "<budgets><findings><BN001> ERROR",
                        "<budgets><findings><BN002> ERROR",
                        "<budgets><findings><BN003> WARN");
    }

    @Test
    void rulesOfThePropertyBeatTheElements() throws BitnetException {
        BudgetsParameters parameters = Xml.budgets("<findings><BN009>ERROR</BN009></findings>");
        parameters.complete(name -> name.equals("bitnet.budget.findings") ? "BN013, BN009=WARN" : null);

        assertThat(Budgets.of(parameters).all())
                .extracting(budget -> budget.terms().where() + " " + budget.terms().level())
                .containsExactly("<budgets><findings><BN009> WARN", "<budgets><findings><BN013> ERROR");
    }

    @Test
    void withoutBudgetsTheCallerDecides() throws BitnetException {
        assertThat(Budgets.of(new BudgetsParameters()).isEmpty()).isTrue();
        assertThat(Budgets.defaults().all()).hasSize(1);
        assertThat(((WithoutModelBudget) Budgets.defaults().all().get(0)).limit().maximum())
                .hasToString("200 MB");
    }

    @Test
    void whatAManifestTellsIsForeseen() throws BitnetException {
        Budgets budgets = Budgets.of(Xml.budgets("<packed><maximum>500MB</maximum></packed>"
                + "<layerCount><maximum>3</maximum></layerCount><image><maximum>1B</maximum></image>"));
        assertThat(budgets.foresee("r.io/a\u001b:1", new Outline(700_000_000, 4)))
                .containsExactly(
                        "The image r.io/a?:1 has 700 MB packed, which is 200 MB more than its budget packed of"
                                + " 500 MB.",
                        "The image r.io/a?:1 has 4 layers, which is 1 more than its budget layerCount of 3.");
        assertThat(budgets.foresee("r.io/a:1", new Outline(500_000_000, 3))).isEmpty();
    }
}
