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

        pipeline.transport.sent(2).answer(404);
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

    @Test
    void shouldGoOnWithoutADiskThatDoesNotAnswer() {
        lane.store.hold();
        pipeline.capture(10);
        pipeline.flush();
        lane.pass(Duration.ofMillis(1_900));
        assertThat(pipeline.transport.requests()).isZero();
        lane.pass(Duration.ofMillis(200));
        assertThat(pipeline.transport.requests()).isEqualTo(10);
        pipeline.capture(5);
        pipeline.flush();
        lane.pass(Duration.ofMillis(100));

        pipeline.assertOutcomes(15, 0, 0, 0);
        assertThat(lane.store.appends()).isEqualTo(10);
        assertThat(pipeline.figure(LaneCounters.Figure.UNKEPT_EVENTS)).isEqualTo(15);
        assertThat(pipeline.logger.lines()).anyMatch(line -> line.text().contains("does not answer"));
    }

    @Test
    void shouldAcknowledgeWhatADiskStoresAfterItsDelivery() {
        lane.store.hold();
        pipeline.capture(3);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        assertThat(lane.delivered()).isEqualTo(3);
        lane.store.goOn();
        lane.pass(Duration.ofMillis(100));
        assertThat(lane.store.records()).isZero();

        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();

        assertThat(lane.store.appends()).isEqualTo(4);
        pipeline.assertOutcomes(4, 0, 0, 0);
    }

    @Test
    void shouldKeepTheRecordOfABatchThatADiskStoresLate() {
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(1);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        lane.store.goOn();
        pipeline.settle();
        assertThat(lane.store.records()).isEqualTo(1);
        pipeline.transport.sent(0).answer(200);
        pipeline.settle();

        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldKeepOnDiskWhatAKeyIsRefusedFor() {
        pipeline.transport.script(batch -> new Answer(lane.up ? 200 : 401, 0, null));
        lane.up = false;
        pipeline.capture(20);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(5));
        assertThat(lane.store.records()).isEqualTo(20);
        assertThat(pipeline.transport.requests()).isLessThan(20);
        lane.assertAccount(20);

        lane.up = true;
        lane.pass(Duration.ofMinutes(2));

        pipeline.assertOutcomes(20, 0, 0, 0);
    }

    @Test
    void shouldStoreNothingMoreOnDiscard() {
        lane.store.hold();
        pipeline.stalling();
        pipeline.maxEvents = 100;
        pipeline.capture(50);
        pipeline.turn();
        pipeline.agent().requestDiscard();
        pipeline.settle();
        lane.store.goOn();

        pipeline.assertOutcomes(0, 0, 0, 50);
        assertThat(lane.store.records()).isZero();
    }
}
