package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lane that writes each batch to disk before it sends it. */
class StoredFirstTest {

    private final SpoolingFixture lane = new SpoolingFixture(true);
    private final PipelineFixture pipeline = lane.pipeline;

    @Test
    void shouldSendNothingThatIsNotOnDisk() {
        lane.store.hold();
        pipeline.capture(10);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isZero();
        lane.assertAccount(10);

        lane.store.goOn();
        pipeline.settle();

        pipeline.assertOutcomes(10, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldAcknowledgeARecordOnlyWithTheVerdictOfItsLastEvent() {
        pipeline.maxEvents = 4;
        pipeline.transport.script(batch -> batch.uuids().size() == 4 ? new Answer(400, 0, null) : null);
        pipeline.capture(4);
        pipeline.flush();
        pipeline.settle();
        pipeline.transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(lane.store.records()).isEqualTo(1);
        assertThat(lane.store.pendingEvents()).isZero();

        pipeline.transport.sent(2).answer(401);
        pipeline.settle();

        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(2, 2, 0, 0);
        assertThat(lane.store.appends()).isEqualTo(1);
    }

    @Test
    void shouldSendWhatTheDiskDoesNotTake() {
        lane.store.fail("disk full");
        pipeline.capture(10);
        pipeline.flush();
        pipeline.settle();

        pipeline.assertOutcomes(10, 0, 0, 0);
    }

    @Test
    void shouldGiveUpMemoryAndNotTheRecordWhenTheServerIsAway() {
        lane.up = false;
        pipeline.capture(40);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(60));
        assertThat(lane.store.records()).isEqualTo(40);
        assertThat(pipeline.settled(Outcome.EXPIRED)).isZero();
        lane.assertAccount(40);

        lane.up = true;
        lane.pass(Duration.ofSeconds(70));

        pipeline.assertOutcomes(40, 0, 0, 0);
        assertThat(lane.store.records()).isZero();
        assertThat(lane.store.appends()).isEqualTo(40);
    }
}
