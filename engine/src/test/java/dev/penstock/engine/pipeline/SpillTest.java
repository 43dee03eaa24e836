package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.transport.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A lane that keeps batches on disk while the server is away. */
class SpillTest {

    private final SpoolingFixture lane = new SpoolingFixture(false);
    private final PipelineFixture pipeline = lane.pipeline;

    private void goAway() {
        lane.up = false;
        pipeline.capture(4);
        pipeline.flush();
        lane.pass(Duration.ofMillis(100));
        assertThat(pipeline.figure(LaneCounters.Figure.CIRCUIT_OPENINGS)).isEqualTo(1);
    }

    @Test
    void shouldNotTouchTheDiskWhileTheServerAnswers() {
        pipeline.capture(500);
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(500, 0, 0, 0);
        assertThat(lane.store.appends()).isZero();
        assertThat(lane.store.takes()).isZero();
    }

    @Test
    void shouldLeaveBatchesWhileTheServerIsAwayAndDeliverEachOnceWhenItIsBack() {
        goAway();
        pipeline.capture(50);
        pipeline.flush();
        lane.pass(Duration.ofMillis(200));
        assertThat(lane.store.pendingEvents()).isGreaterThanOrEqualTo(50);
        lane.assertAccount(54);
        lane.pass(Duration.ofMinutes(2));
        lane.assertAccount(54);

        lane.up = true;
        int before = pipeline.transport.requests();
        lane.pass(Duration.ofMinutes(2));

        pipeline.assertOutcomes(54, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
        assertThat(lane.delivered(before)).doesNotHaveDuplicates().hasSize(54);
    }

    @Test
    void shouldSendTheSameBytesAgainUnderATrueTime() {
        goAway();
        pipeline.capture("kept", "täxt");
        pipeline.flush();
        lane.pass(Duration.ofMillis(200));
        String stored = pipeline.transport.sent(0).tree().get("sent_at").textValue();

        lane.up = true;
        lane.pass(Duration.ofMinutes(2));

        var kept = pipeline.transport.sent().stream()
                .filter(batch -> batch.tree()
                        .get("batch")
                        .get(0)
                        .get("event")
                        .textValue()
                        .equals("kept"))
                .findFirst()
                .orElseThrow();
        assertThat(kept.tree().get("batch").get(0).get("properties").get("text").textValue())
                .isEqualTo("täxt");
        assertThat(kept.tree().get("sent_at").textValue()).isGreaterThan(stored);
        assertThat(kept.tree().get("api_key").textValue()).isEqualTo("phc_test");
    }

    @Test
    void shouldKeepNoKeyOnDisk() {
        goAway();
        pipeline.gzip = false;
        pipeline.capture(10);
        pipeline.flush();
        lane.pass(Duration.ofMillis(200));

        for (int i = 0; i < lane.store.records(); i++) {
            var record = lane.store.record(i);
            assertThat(record.protocol()).isEqualTo(StoredEnvelope.POSTHOG_V0);
            assertThat(new String(record.events(), StandardCharsets.ISO_8859_1)).doesNotContain("phc_test");
            assertThat(new String(record.envelope(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("phc_test");
        }
    }

    @Test
    void shouldSpillWhenHalfOfTheWindowIsTaken() {
        pipeline.maxInFlightBytes = 1 << 20;
        pipeline.stalling();
        pipeline.capture(60);
        pipeline.flush();
        pipeline.settle();

        // A batch holds an array of 16 KiB: 32 of them are half of the window.
        assertThat(lane.store.records()).isBetween(26, 29);
        lane.assertAccount(60);
    }

    @Test
    void shouldLeaveABatchWhoseTriesAreUsedUpAndTryItAgainLater() {
        pipeline.circuit = RetryRules.steady(3, 500).circuit(0, 1);
        lane.up = false;
        pipeline.capture(1);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(5));
        assertThat(pipeline.transport.requests()).isEqualTo(4);
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        lane.assertAccount(1);

        lane.up = true;
        lane.pass(Duration.ofSeconds(24));
        assertThat(pipeline.transport.requests()).isEqualTo(4);
        lane.pass(Duration.ofSeconds(10));

        pipeline.assertOutcomes(1, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldGoOnInMemoryWhenTheDiskTakesNothing() {
        lane.store.fail("disk full");
        goAway();
        pipeline.capture(50);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(1));
        lane.assertAccount(54);

        lane.up = true;
        lane.pass(Duration.ofMinutes(1));

        pipeline.assertOutcomes(54, 0, 0, 0);
    }

    @Test
    void shouldExpireWhatNeitherTheServerNorTheDiskTakes() {
        pipeline.circuit = RetryRules.steady(3, 500).circuit(0, 1);
        lane.store.fail("disk full");
        lane.up = false;
        pipeline.capture(3);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(10));

        pipeline.assertOutcomes(0, 0, 3, 0);
    }

    @Test
    void shouldFlushWhatIsOnDisk() {
        goAway();
        pipeline.capture(10);
        CountDownLatch done = pipeline.flush();
        lane.store.hold();
        lane.pass(Duration.ofMillis(100));
        assertThat(done.getCount()).isEqualTo(1);
        lane.store.goOn();
        lane.pass(Duration.ofSeconds(5));

        assertThat(done.getCount()).isZero();
    }

    @Test
    void shouldStoreOnlyThePartOfASplitBatchThatIsStillOpen() {
        pipeline.circuit = RetryRules.steady(0, 500).circuit(0, 1);
        pipeline.maxRetries = 0;
        pipeline.maxEvents = 4;
        pipeline.transport.script(batch -> {
            if (batch.uuids().size() == 4) {
                return new Answer(413, 0, null);
            }
            boolean first =
                    batch.tree().get("batch").get(0).get("event").textValue().equals("event-0");
            return new Answer(first || lane.up ? 200 : 503, 0, null);
        });
        lane.up = false;
        pipeline.capture(4);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(2);
        assertThat(lane.store.pendingEvents()).isEqualTo(2);
        lane.assertAccount(4);

        lane.up = true;
        int before = pipeline.transport.requests();
        lane.pass(Duration.ofSeconds(40));

        pipeline.assertOutcomes(4, 0, 0, 0);
        assertThat(lane.delivered(before)).hasSize(2);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldStoreOnlyTheEventsThatAnAnswerHasLeftOpen() {
        pipeline.v1 = true;
        pipeline.maxRetries = 0;
        pipeline.maxEvents = 3;
        pipeline.circuit = RetryRules.steady(0, 500).circuit(0, 1);
        pipeline.transport.script(
                batch -> batch.verdicts(0, name -> name.equals("event-1") && !lane.up ? "retry" : "ok"));
        lane.up = false;
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        assertThat(lane.store.record(0).protocol()).isEqualTo(StoredEnvelope.POSTHOG_V1);
        lane.assertAccount(3);

        lane.up = true;
        lane.pass(Duration.ofSeconds(40));

        pipeline.assertOutcomes(3, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldLetOthersProbeWhenOneBatchAlwaysFails() {
        pipeline.transport.script(batch -> {
            boolean poison =
                    batch.tree().get("batch").get(0).get("event").textValue().equals("event-0");
            return lane.up && !poison ? new Answer(200, 0, null) : new Answer(500, 0, null);
        });
        goAway();
        pipeline.capture(20);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(1));
        lane.up = true;
        lane.pass(Duration.ofMinutes(3));

        // Both events of that name are still there.
        assertThat(lane.delivered()).isEqualTo(22);
        assertThat(lane.store.records()).isEqualTo(2);
        lane.assertAccount(24);
    }
}
