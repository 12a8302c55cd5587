package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.progress.Progress;
import io.github.bitnetmaven.smoke.Smoke;
import io.github.bitnetmaven.smoke.SmokeException;
import io.github.bitnetmaven.smoke.SmokeRequest;
import io.github.bitnetmaven.smoke.SmokeResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that behave and that misbehave, on a real engine. The server is a small Perl program. */
@Timeout(120)
class SmokeIT {
    private static final String SHELL_IMAGE = System.getProperty("bitnet.backend.builderImage");

    /** Answers as the environment says; the completion tells how the container sees itself. */
    private static final String SERVER =
            """
            #!/usr/bin/perl
            use strict; use IO::Socket::INET; $| = 1;
            $SIG{TERM} = sub { exit 0 };
            my $mode = $ENV{MODE} // '';
            print "mode $mode\\n";
            if ($mode eq 'crash') { print STDERR "model not found\\n"; exit 66; }
            if ($mode eq 'deaf') { sleep 100; }
            sub slurp { open my $f, '<', shift or return 'none'; local $/; my $t = <$f>; $t =~ s/\\s+$//; $t }
            my $listener = IO::Socket::INET->new(LocalPort => 8001, Listen => 5, ReuseAddr => 1) or die $!;
            while (my $c = $listener->accept) {
              my ($request, $length) = (scalar <$c>, 0);
              while (my $l = <$c>) { $length = $1 if $l =~ /^content-length: (\\d+)/i; last if $l =~ /^\\r?$/; }
              read $c, my $body, $length if $length;
              my ($status, $answer) = ('404 Not Found', '{}');
              if ($request =~ m{^GET /health }) {
                ($status, $answer) = $mode eq 'loading' ? ('503 Loading', '{}') : ('200 OK', '{"status":"ok"}');
              } elsif ($request =~ m{^POST /completion } && $mode ne 'openai') {
                if ($mode eq 'die') { print "segmentation fault\\n"; exit 139; }
                my ($caps) = slurp('/proc/self/status') =~ /CapBnd:\\s*(\\S+)/;
                my ($nnp) = slurp('/proc/self/status') =~ /NoNewPrivs:\\s*(\\d)/;
                my $root = open(my $f, '>', '/written') ? 'writable' : 'read-only';
                my $tmp = open(my $g, '>', '/tmp/written') ? 'writable' : 'read-only';
                my ($volume) = slurp('/proc/self/mountinfo') =~ m{(volumes/[0-9a-f]{64})/_data /srv rw};
                $volume = 'not writable' unless open(my $h, '>', '/srv/written');
                my $text = $mode eq 'room' ? $volume : "uid $>, caps $caps, nnp $nnp, root $root, tmp $tmp, model " . slurp('/models/m.gguf');
                ($status, $answer) = ('200 OK', $mode eq 'echo' ? '{"error":"no model"}'
                    : qq({"content":"$text","tokens_predicted":16,"timings":{"predicted_per_second":123.5}}));
              } elsif ($request =~ m{^POST /v1/completions } && $mode eq 'openai') {
                ($status, $answer) = ('200 OK', '{"choices":[{"text":"hi"}],"usage":{"completion_tokens":3}}');
              }
              print $c "HTTP/1.1 $status\\r\\nContent-Length: " . length($answer) . "\\r\\nConnection: close\\r\\n\\r\\n$answer";
              close $c;
            }
            """;

    @TempDir
    Path directory;

    private final String tag = "bitnet-smoke-it-" + Long.toHexString(System.nanoTime()) + ":1";
    private final List<String> built = new ArrayList<>();
    private Engine engine;

    @BeforeEach
    void connect() throws Exception {
        engine = DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
        build("");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(running()).isFalse();
        // Refused by the engine if a stopped container were left.
        engine.removeImage(tag);
        for (String id : built) {
            engine.removeDangling(id);
        }
    }

    @Test
    void aHealthyImageIsMeasuredUnderHardening() throws Exception {
        SmokeResult result = run(request(""));
        assertThat(result.health()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(result.completion())
                .isEqualTo("uid 65532, caps 0000000000000000, nnp 1, root read-only, tmp writable, model none");
        assertThat(result.tokens()).isEqualTo(16);
        assertThat(result.tokensPerSecond()).isEqualTo(123.5);
        assertThat(result.memoryBytes()).isBetween(100_000L, 200_000_000L);
        assertThat(result.startMillis()).isBetween(1L, 30_000L);
    }

    @Test
    void aModelIsMountedFromOutside() throws Exception {
        Path model = Files.writeString(directory.resolve("any.gguf"), "mounted");
        SmokeRequest.Mount mount = new SmokeRequest.Mount(model.toString(), "/models/m.gguf");
        SmokeResult result = run(new SmokeRequest(
                tag, 8001, List.of(mount), Map.of(), Duration.ofSeconds(30), "x", 16, false));
        assertThat(result.completion()).endsWith("model mounted");
    }

    @Test
    void roomToWriteToIsGoneWithTheContainer() throws Exception {
        String volumes = Docker.run("volume", "ls", "--quiet");
        SmokeRequest.Mount room = SmokeRequest.Mount.temporary("/srv");
        SmokeResult result = run(new SmokeRequest(
                tag, 8001, List.of(room), Map.of("MODE", "room"), Duration.ofSeconds(30), "x", 16, false));
        String volume = result.completion().strip();
        assertThat(volume).matches("volumes/[0-9a-f]{64}");
        assertThat(volumes + Docker.run("volume", "ls", "--quiet")).doesNotContain(volume.substring("volumes/".length()));
    }

    @Test
    void anOpenAiServerWillDo() throws Exception {
        SmokeResult result = run(request("openai"));
        assertThat(result.completion()).isEqualTo("hi");
        assertThat(result.tokens()).isEqualTo(3);
        assertThat(result.tokensPerSecond()).isPositive();
    }

    @Test
    void aContainerThatEndsIsToldWithItsLog() {
        assertThatThrownBy(() -> run(request("crash")))
                .isInstanceOf(SmokeException.class)
                .hasMessageStartingWith("The container of " + tag + " ended with exit code 66. Its last lines:")
                .hasMessageContaining("\n    mode crash")
                .hasMessageContaining("\n    model not found");
    }

    @Test
    void aServerThatDiesOnTheQuestionIsToldWithItsLog() {
        assertThatThrownBy(() -> run(request("die")))
                .isInstanceOf(SmokeException.class)
                .hasMessageStartingWith("The container of " + tag + " ended with exit code 139. Its last lines:")
                .hasMessageContaining("segmentation fault");
    }

    @Test
    void aServerThatNeverGetsReadyIsTold() {
        assertThatThrownBy(() -> run(request("loading")))
                .isInstanceOf(SmokeException.class)
                .hasMessageMatching("(?s)The container of " + tag + " is not healthy after 3 s: GET"
                        + " http://127\\.0\\.0\\.1:\\d+/health gave HTTP status 503\\. Its last lines:\n    mode loading");
    }

    @Test
    void aPortOnWhichNothingListensIsTold() {
        assertThatThrownBy(() -> run(request("deaf")))
                .isInstanceOf(SmokeException.class)
                .hasMessageStartingWith("The container of " + tag
                        + " is not healthy after 3 s: nothing answered on port 8001 of the container (");
    }

    @Test
    void anAnswerThatIsNoCompletionIsTold() {
        assertThatThrownBy(() -> run(request("echo")))
                .isInstanceOf(SmokeException.class)
                .hasMessageMatching("(?s)The container of " + tag + " is healthy but does not complete a text\\. Its"
                        + " answer to POST http://127\\.0\\.0\\.1:\\d+/completion is no completion \\(JSON with a text"
                        + " and a positive number of tokens\\): \\{\"error\":\"no model\"}\\. Its last lines:\n"
                        + "    mode echo");
    }

    @Test
    void theHealthCheckOfTheImageIsWaitedFor() throws Exception {
        build("HEALTHCHECK --interval=1s CMD [\"test\", \"-d\", \"/tmp\"]\n");
        SmokeRequest plain = request("");
        SmokeRequest waiting = new SmokeRequest(
                tag, 8001, List.of(), Map.of(), Duration.ofSeconds(30), plain.prompt(), plain.tokens(), true);
        assertThat(run(waiting).tokens()).isEqualTo(16);
    }

    @Test
    void aHealthCheckThatFailsIsTold() throws Exception {
        build("HEALTHCHECK --interval=1s --retries=1 CMD [\"ls\", \"/missing\"]\n");
        SmokeRequest waiting =
                new SmokeRequest(tag, 8001, List.of(), Map.of(), Duration.ofSeconds(30), "x", 16, true);
        assertThatThrownBy(() -> run(waiting))
                .isInstanceOf(SmokeException.class)
                .hasMessageStartingWith("The container of " + tag
                        + " answers, but its HEALTHCHECK says unhealthy (ls: cannot access '/missing'");
    }

    @Test
    void anInterruptRemovesTheContainerToo() throws Exception {
        Thread test = new Thread(() -> {
            try {
                run(new SmokeRequest(
                        tag, 8001, List.of(), Map.of("MODE", "deaf"), Duration.ofSeconds(100), "x", 1, false));
            } catch (SmokeException | EngineException e) {
                // Interrupted: what is left of it is asserted below.
                return;
            }
        });
        test.start();
        while (!running()) {
            Thread.sleep(50);
        }
        test.interrupt();
        test.join(30_000);
        assertThat(test.isAlive()).isFalse();
    }

    @Test
    void anImageThatIsNotThereIsTold() {
        assertThatThrownBy(() -> run(SmokeRequest.of("bitnet-none:1", 8001)))
                .isInstanceOf(EngineException.class)
                .hasMessage("There is no image bitnet-none:1 on the Docker engine at " + engine.address()
                        + ". Build or pull it first.");
    }

    /** Whether a container of this test's image runs; other builds may have smoke tests of their own. */
    private boolean running() throws EngineException {
        for (JsonNode container : engine.runningContainers("io.github.bitnetmaven.smoke=true")) {
            if (container.path("Image").asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private SmokeResult run(SmokeRequest request) throws SmokeException, EngineException {
        return Smoke.run(request, engine, Progress.silent());
    }

    private SmokeRequest request(String mode) {
        return new SmokeRequest(
                tag, 8001, List.of(), Map.of("MODE", mode), Duration.ofSeconds(3), "Hello", 16, false);
    }

    private void build(String instructions) throws EngineException {
        String dockerfile = "FROM " + SHELL_IMAGE + "\nCOPY server /server\nRUN chmod 1777 /srv\nUSER 65532:65532\n" + instructions
                + "ENTRYPOINT [\"/server\"]\n";
        built.add(
                engine.build(tag, "Dockerfile", TarContext.of("Dockerfile", dockerfile, "server", SERVER), line -> {}));
    }
}
