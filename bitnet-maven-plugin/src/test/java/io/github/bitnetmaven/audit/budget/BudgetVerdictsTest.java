package io.github.bitnetmaven.audit.budget;

import static io.github.bitnetmaven.audit.budget.RefusedBudgets.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each budget says of an image. */
class BudgetVerdictsTest {
    private final TestImage image = new TestImage();

    @BeforeEach
    void anImageOf1Point42GB() {
        image.baseLayer("/bin/sh -c #(nop) ADD file:1f in / ").file("usr/lib/libc.so", 30_000_000);
        image.layer("COPY m.gguf /app/models/ # buildkit").file("app/models/m.gguf", 1_300_000_000);
        image.layer("/bin/sh -c apt-get install").file("usr/lib/libgomp.so", 20_000_000).file("usr/bin/gcc", 50_000_000);
        image.layer("/bin/sh -c #(nop) COPY dir:2f in /app/bin ").file("app/bin/llama-server", 5_000_000);
        image.layer("/bin/sh -c rm /usr/bin/gcc").whiteout("usr/bin/gcc").file("app/bin/llama-server", 15_000_000);
    }

    private Audit audit(String budgets) throws BitnetException {
        return new Auditor(
                        Budgets.of(Xml.budgets(budgets)),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .audit(image.build());
    }

    private Verdict verdict(String budgets) throws BitnetException {
        Audit audit = audit(budgets);
        assertThat(audit.verdicts()).hasSize(1);
        return audit.verdicts().get(0);
    }

    @Test
    void imageLimitsAllLayersTogether() throws BitnetException {
        Verdict verdict = verdict("<image><maximum>1.4GB</maximum></image>");

        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.42 GB, which is 20 MB more than its budget image of 1.4 GB.");
        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.limit()).isEqualTo("1.4GB");
        assertThat(verdict.limitValue()).isEqualTo(1_400_000_000);
        assertThat(verdict.actualValue()).isEqualTo(1_420_000_000);
        assertThat(verdict.contributors())
                .containsExactly(
                        new Contributor("app/models/m.gguf", 1_300_000_000, 1),
                        new Contributor("usr/bin/gcc", 50_000_000, 2),
                        new Contributor("usr/lib/libc.so", 30_000_000, 0),
                        new Contributor("usr/lib/libgomp.so", 20_000_000, 2),
                        new Contributor("app/bin/llama-server", 15_000_000, 4));
    }

    @Test
    void aBudgetThatIsKeptSaysWhatIsLeft() throws BitnetException {
        Verdict verdict = verdict("<image><maximum>1.5GB</maximum></image>");

        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.42 GB, which is 80 MB less than its budget image of 1.5 GB.");
        assertThat(verdict.kept()).isTrue();
        assertThat(verdict.contributors()).isEmpty();
    }

    @Test
    void aBudgetThatIsUsedUpIsKept() throws BitnetException {
        assertThat(verdict("<image><maximum>1.42GB</maximum></image>").message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.42 GB, which is exactly its budget image of 1.42 GB.");
    }

    @Test
    void aByteTooManyNeverReadsAsEqual() throws BitnetException {
        assertThat(verdict("<image><maximum>1419999999B</maximum></image>").message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.42 GB, which is 1 B more than its budget image of"
                        + " 1419999999 B.");
        assertThat(verdict("<withoutModel><maximum>119999.999kB</maximum></withoutModel>").message())
                .isEqualTo("The image acme/bitnet:1.0 has 120 MB without its model, which is 1 B more than its budget"
                        + " withoutModel of 119999.999 kB.");
    }

    @Test
    void withoutModelLeavesTheModelOut() throws BitnetException {
        Verdict verdict = verdict("<withoutModel><maximum>100MB</maximum></withoutModel>");

        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 120 MB without its model, which is 20 MB more than its budget"
                        + " withoutModel of 100 MB.");
        assertThat(verdict.contributors().get(0)).isEqualTo(new Contributor("usr/bin/gcc", 50_000_000, 2));
    }

    @Test
    void ownLeavesTheBaseImageOut() throws BitnetException {
        assertThat(verdict("<own><maximum>1GiB</maximum></own>").message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.39 GB without its base image, which is 316 MB more than its"
                        + " budget own of 1 GiB (1.07 GB).");
    }

    @Test
    void wasteIsWhatLaterLayersHide() throws BitnetException {
        Verdict verdict = verdict("<waste><maximum>1MB</maximum></waste>");

        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 55 MB that a later layer overwrote, removed or hid, which is"
                        + " 54 MB more than its budget waste of 1 MB.");
        assertThat(verdict.contributors())
                .containsExactly(
                        new Contributor("usr/bin/gcc", 50_000_000, 2),
                        new Contributor("app/bin/llama-server", 5_000_000, 3));
    }

    @Test
    void packedIsNeverAnEstimate() {
        assertThatThrownBy(() -> verdict("<packed><maximum>500MB</maximum></packed>"))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("<budgets><packed> cannot be judged: the source engine does not hold the compressed layers"
                        + " of acme/bitnet:1.0. Audit the image in a registry or as an OCI layout, or remove the"
                        + " budget.");
    }

    @Test
    void packedIsTheSumOfTheCompressedLayers() throws BitnetException {
        TestImage packed = new TestImage();
        packed.layer("a").file("a", 900).packed(400);
        packed.layer("b").file("b", 900).packed(101);

        Verdict verdict = Budgets.of(Xml.budgets("<packed><maximum>500B</maximum></packed>"))
                .all()
                .get(0)
                .judge(new Evidence(
                        Measurement.of(packed.build(), new PathPatterns(List.of(), List.of()))));

        assertThat(verdict.message())
                .isEqualTo(
                        "The image acme/bitnet:1.0 has 501 B packed, which is 1 B more than its budget packed of 500 B.");
    }

    @Test
    void layerCountIsANumber() throws BitnetException {
        assertThat(verdict("<layerCount><maximum>4</maximum></layerCount>").message())
                .isEqualTo("The image acme/bitnet:1.0 has 5 layers, which is 1 more than its budget layerCount of 4.");
        assertRefused(
                "<layerCount><maximum>4MB</maximum></layerCount>",
                "<budgets><layerCount><maximum> is '4MB', but must be a whole number without a unit, such as 12.");
    }

    @Test
    void layerLimitsEveryLayer() throws BitnetException {
        Verdict verdict = verdict("<layer><maximum>60MB</maximum></layer>");

        assertThat(verdict.message())
                .isEqualTo("In acme/bitnet:1.0, layer 1 (COPY m.gguf /app/models/) has 1.3 GB, which is 1.24 GB more"
                        + " than its budget layer of 60 MB.");
        assertThat(verdict.contributors())
                .extracting(Contributor::path)
                .containsExactly("app/models/m.gguf", "usr/bin/gcc", "usr/lib/libgomp.so");
    }

    @Test
    void layersLimitsTheLayersOfAnInstruction() throws BitnetException {
        assertThat(verdict("<layers><layer><createdBy>COPY * /app/bin*</createdBy><maximum>4.5MB</maximum></layer>"
                                + "</layers>")
                        .message())
                .isEqualTo("In acme/bitnet:1.0, layer 3 (COPY dir:2f /app/bin) has 5 MB, which is 500 kB more than its"
                        + " budget layers of 4.5 MB.");
    }

    @Test
    void anInstructionThatMadeNoLayerFails() throws BitnetException {
        Verdict verdict =
                verdict("<layers><layer><createdBy>COPY * /srv/*</createdBy><maximum>1GB</maximum></layer></layers>");

        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("No layer of acme/bitnet:1.0 was made by an instruction that matches 'COPY * /srv/*', so its"
                        + " budget layers of 1 GB limits nothing. Compare the pattern with the instructions of the"
                        + " layers, or remove the budget.");
    }

    @Test
    void aHistoryThatTellsNothingIsToldApart() throws BitnetException {
        image.historyMissing();

        assertThat(verdict("<layers><layer><createdBy>X</createdBy><maximum>1GB</maximum></layer></layers>").message())
                .isEqualTo("No layer of acme/bitnet:1.0 was made by an instruction that matches 'X', so its budget"
                        + " layers of 1 GB limits nothing. The history of the image does not tell which instruction"
                        + " made which layer.");
    }

    @Test
    void pathsLimitsVisibleFiles() throws BitnetException {
        Verdict verdict = verdict("<paths><path><includes><include>/usr/**</include></includes>"
                + "<maximum>40MB</maximum><level>WARN</level><reason>libc and\n libgomp only</reason></path></paths>");

        assertThat(verdict.message())
                .isEqualTo("In acme/bitnet:1.0, the 2 files that match /usr/** have 50 MB, which is 10 MB more than its"
                        + " budget paths of 40 MB. The reason given for the budget: libc and libgomp only");
        assertThat(verdict.warns()).isTrue();
        assertThat(verdict.contributors())
                .containsExactly(
                        new Contributor("usr/lib/libc.so", 30_000_000, 0),
                        new Contributor("usr/lib/libgomp.so", 20_000_000, 2));
    }

    @Test
    void pathsMayLeaveFilesOut() throws BitnetException {
        assertThat(verdict("<paths><path><includes><include>/usr/**</include></includes>"
                                + "<excludes><exclude>**/libc.so</exclude></excludes><maximum>40MB</maximum></path></paths>")
                        .message())
                .isEqualTo("In acme/bitnet:1.0, the one file that matches /usr/** without **/libc.so has 20 MB, which is"
                        + " 20 MB less than its budget paths of 40 MB.");
    }

    @Test
    void pathsThatChooseNoFileFail() throws BitnetException {
        Verdict verdict = verdict("<paths><path><includes><include>/opt/**</include></includes>"
                + "<maximum>40MB</maximum></path></paths>");

        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("No file of acme/bitnet:1.0 matches /opt/**, so its budget paths of 40 MB limits nothing."
                        + " Correct the patterns or remove the budget.");
    }

    @Test
    void forbiddenFilesAreFoundInHiddenLayersToo() throws BitnetException {
        Audit audit = audit("<forbidden><path>/usr/bin/gcc</path><path>/root/**</path></forbidden>");

        assertThat(audit.verdicts())
                .extracting(Verdict::message)
                .containsExactly(
                        "The layers of acme/bitnet:1.0 have one file with 50 MB that matches the forbidden path"
                                + " /usr/bin/gcc.",
                        "No layer of acme/bitnet:1.0 has a file that matches the forbidden path /root/**.");
        assertThat(audit.failureMessage()).startsWith("1 of 2 budgets exceeded for acme/bitnet:1.0");
    }

    @Test
    void allFailuresAreToldAtOnceAndWarningsAreNot() throws BitnetException {
        Audit audit = audit("<image><maximum>1.4GB</maximum></image>"
                + "<withoutModel><maximum>1MB</maximum><level>WARN</level></withoutModel>"
                + "<waste><maximum>1GB</maximum></waste><layerCount><maximum>1</maximum></layerCount>");

        assertThat(audit.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(audit.failureMessage())
                .isEqualTo("2 of 4 budgets exceeded for acme/bitnet:1.0:\n"
                        + "- The image acme/bitnet:1.0 has 1.42 GB, which is 20 MB more than its budget image of 1.4 GB.\n"
                        + "- The image acme/bitnet:1.0 has 5 layers, which is 4 more than its budget layerCount of 1.");
    }

    @Test
    void aWarningDoesNotFail() throws BitnetException {
        assertThat(audit("<image><maximum>1MB</maximum><level>WARN</level></image>").outcome())
                .isEqualTo(Outcome.WARN);
        assertThat(audit("<image><maximum>2GB</maximum></image>").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aHostileNameIsNotPrinted() throws BitnetException {
        image.name("a\u001b[31m%s\nb");

        assertThat(verdict("<image><maximum>1.5GB</maximum></image>").message())
                .isEqualTo("The image a?[31m%s b has 1.42 GB, which is 80 MB less than its budget image of 1.5 GB.");
    }
}
