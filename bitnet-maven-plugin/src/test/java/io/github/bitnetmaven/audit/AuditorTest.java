package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.ContentsNeededException;
import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditorTest {
    private final List<ReadOptions> reads = new ArrayList<>();

    private static Auditor auditor() throws BitnetException {
        return new Auditor(Budgets.defaults(), PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"));
    }

    private Image read(ReadOptions options, String secondModel) {
        reads.add(options);
        TestImage image = new TestImage();
        if (!options.contentDigests()) {
            image.contentsNotRead();
        }
        image.layer("COPY . /").file("a.gguf", 300_000_000, "weights").file("b.gguf", 300_000_000, secondModel);
        return image.build();
    }

    @Test
    void anImageIsReadOnceMoreWhenOnlyContentsCanTell() throws BitnetException {
        ReadOptions options = new ReadOptions("linux/arm64", true, false, List.of("sha256:1"), List.of());

        Audit audit = auditor().audit((o, progress) -> read(o, "weights"), options, Progress.silent());

        assertThat(reads)
                .containsExactly(
                        options.withObservers(List.of(AuditObserver.inPassing())),
                        new ReadOptions(
                                "linux/arm64", true, true, List.of("sha256:1"), List.of(AuditObserver.inPassing())));
        assertThat(audit.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(audit.verdicts().get(0).message())
                .isEqualTo("The image acme/bitnet:1.0 has 300 MB without its model, which is 100 MB more than its budget"
                        + " withoutModel of 200 MB.");
    }

    @Test
    void differentModelsOfOneSizeAreNotCharged() throws BitnetException {
        Audit audit = auditor()
                .audit((options, progress) -> read(options, "others"), ReadOptions.sizesOnly(), Progress.silent());

        assertThat(audit.sizes().withoutModelBytes()).isZero();
        assertThat(audit.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aSourceThatNeverTellsContentsEndsTheAudit() {
        Image image = read(ReadOptions.sizesOnly(), "others");

        assertThatThrownBy(() -> auditor().audit((o, p) -> image, ReadOptions.sizesOnly(), Progress.silent()))
                .isInstanceOf(ContentsNeededException.class);
    }
}
