package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.RecordingLogger;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a pipeline does while its server is away. */
class OpenCircuitTest {

    private static final Duration STEP = Duration.ofMillis(4);

    private final PipelineFixture pipeline = new PipelineFixture();

    private boolean up;

    private void withCircuit(int failures) {
        pipeline.circuit = RetryRules.steady(3, 500).circuit(failures, PipelineFixture.TIMEOUT.toNanos());
        pipeline.maxEvents = 1;
        pipeline.transport.script(batch -> up ? new Answer(200, 0, null) : Answer.failed("connection refused"));
    }

    @Test
    void shouldAskWithSingleRequestsWhileTheServerIsAwayAndDeliverEverythingWhenItIsBack() {
        withCircuit(8);
        pipeline.capture(100);
        pipeline.pass(Duration.ofSeconds(60), STEP);
        int asked = pipeline.transport.requests();

        // 8 failures, then probes after 0.5, 1, 2, 4, 8, 16 and 30 s
        assertThat(asked).isBetween(12, 15);
        up = true;
        pipeline.pass(Duration.ofSeconds(35), STEP);

        // Only the batches that probed have used tries up.
        long expired = pipeline.settled(Outcome.EXPIRED);
        assertThat(expired).isLessThanOrEqualTo(4);
        pipeline.assertOutcomes(100 - expired, 0, expired, 0);
        assertThat(pipeline.figure(LaneCounters.Figure.CIRCUIT_OPENINGS)).isEqualTo(1);
        assertThat(pipeline.logger.lines())
                .extracting(RecordingLogger.Line::text)
                .anyMatch(line -> line.contains("failed 8 times in a row and counts as away"))
                .anyMatch(line -> line.contains("the server answers again"));
    }

    @Test
    void shouldNotProbeAgainBecauseAnEarlierRequestFailsLate() {
        withCircuit(4);
        pipeline.maxRequests = 5;
        pipeline.transport.script(batch -> null);
        pipeline.capture(10);
        pipeline.settle();
        for (int i = 0; i < 4; i++) {
            pipeline.transport.sent(i).answer(503);
        }
        pipeline.pass(Duration.ofMillis(600), STEP);
        assertThat(pipeline.transport.requests()).as("with the probe").isEqualTo(6);
        pipeline.transport.sent(4).answer(503);
        pipeline.pass(Duration.ofSeconds(2), STEP);

        assertThat(pipeline.transport.requests()).isEqualTo(6);
    }

    @Test
    void shouldHoldAllBatchesBackForAsLongAsTheServerAsksOne() {
        withCircuit(0);
        pipeline.maxRequests = 1;
        pipeline.transport.script(batch -> new Answer(pipeline.transport.requests() == 1 ? 429 : 200, 5_000, null));
        pipeline.capture(3);
        pipeline.pass(Duration.ofMillis(4_990), STEP);
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.pass(Duration.ofSeconds(2), STEP);

        assertThat(pipeline.transport.requests()).isEqualTo(4);
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldNotTakeARefusalForAServerThatIsAway() {
        withCircuit(2);
        pipeline.transport.script(batch -> new Answer(401, 0, null));
        pipeline.capture(20);
        pipeline.flush();
        pipeline.settle();

        assertThat(pipeline.transport.requests()).isEqualTo(20);
        pipeline.assertOutcomes(0, 20, 0, 0);
        assertThat(pipeline.figure(LaneCounters.Figure.CIRCUIT_OPENINGS)).isZero();
    }
}
