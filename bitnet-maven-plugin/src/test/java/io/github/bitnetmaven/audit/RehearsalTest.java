package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RehearsalTest {
    @Test
    void whatIsRehearsedIsAWholeAudit() throws Exception {
        Audit audit = Rehearsal.audit(Rehearsal.archive());

        assertThat(audit.image().layers()).hasSize(2);
        assertThat(audit.sizes().modelBytes()).isEqualTo(1 << 20);
        assertThat(audit.sizes().wastedBytes()).isPositive();
        assertThat(audit.findings()).isNotEmpty();
    }

    @Test
    @Timeout(30)
    void itEndsWhenTheEngineBeginsToSend() throws Exception {
        Thread thread = new Thread(new Rehearsal());
        thread.start();
        thread.interrupt();
        thread.join(Duration.ofSeconds(20).toMillis());

        assertThat(thread.isAlive()).isFalse();
    }
}
