package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Batches whose record nobody is sure of: what they come to when the disk answers late, not at all, or is not asked to. */
class DoubtfulStorageTest {

    private final SpoolingFixture lane = new SpoolingFixture(true);
    private final PipelineFixture pipeline = lane.pipeline;

    /** One batch is on the wire without an answer, and the disk has begun to write it and says nothing. */
    private void sendOneInDoubt() {
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(1);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
    }

    @Test
    void shouldNotStoreABatchAgainThatTheDiskMayHave() {
        pipeline.maxRetries = 0;
        sendOneInDoubt();
        pipeline.transport.sent(0).answer(500);
        pipeline.settle();
        lane.store.goOn();
        pipeline.settle();

        assertThat(lane.store.appends()).isEqualTo(1);
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        lane.assertAccount(1);
    }

    @Test
    void shouldExpireABatchWhoseTriesAreUsedUpAndThatTheDiskSaysItHasNot() {
        pipeline.maxRetries = 0;
        sendOneInDoubt();
        pipeline.transport.sent(0).answer(500);
        pipeline.settle();
        lane.store.fail("disk full");
        lane.store.goOn();
        pipeline.settle();

        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldLeaveABatchAtTheCloseThatTheDiskHasBegunLongBefore() {
        sendOneInDoubt();
        pipeline.requestClose(Duration.ZERO);
        lane.pass(Duration.ofMillis(2_400));
        assertThat(pipeline.hasEnded()).isFalse();
        lane.store.goOn();
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        assertThat(pipeline.agent().hasDiscarded()).isFalse();
        pipeline.assertOutcomes(0, 0, 0, 0);
    }

    @Test
    void shouldNotLeaveOnDiskThePartsOfABatchThatAreDiscarded() {
        pipeline.maxEvents = 2;
        pipeline.transport.script(batch -> batch.uuids().size() == 2 ? new Answer(413, 0, null) : null);
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isEqualTo(3);
        pipeline.agent().requestDiscard();
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasDiscarded()).isTrue();
        pipeline.assertOutcomes(0, 0, 0, 2);
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldNotLeaveOnDiskWhatWasDeliveredBeforeTheDiskHasAnswered() {
        sendOneInDoubt();
        pipeline.transport.sent(0).answer(200);
        pipeline.settle();
        pipeline.requestClose(Duration.ofSeconds(1));
        lane.pass(Duration.ofSeconds(2));
        assertThat(pipeline.hasEnded()).isFalse();
        lane.store.goOn();
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasDiscarded()).isFalse();
        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldEndWithoutTheWordOfADiskThatHangsForGood() {
        sendOneInDoubt();
        pipeline.transport.sent(0).answer(200);
        pipeline.settle();
        pipeline.requestClose(Duration.ofMinutes(1));
        lane.pass(Duration.ofMillis(2_480));
        assertThat(pipeline.hasEnded()).isFalse();
        lane.pass(Duration.ofMillis(40));

        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldTakeBackWhatADiskThatHangsForGoodHasNotBegun() {
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(2);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        pipeline.requestClose(Duration.ZERO);
        pipeline.clock.advance(Duration.ofSeconds(10));
        pipeline.settle();
        lane.store.goOn();

        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(0, 0, 0, 2);
        assertThat(lane.store.records()).as("the one it had begun with").isEqualTo(1);
    }

    @Test
    void shouldReadTheWordOfTheDiskBeforeItGivesUpWaitingForIt() {
        pipeline.stalling();
        lane.store.hold();
        pipeline.capture(10);
        pipeline.flush();
        pipeline.settle();
        pipeline.requestClose(Duration.ZERO);
        pipeline.turn();
        lane.store.goOn();
        pipeline.clock.advance(Duration.ofSeconds(10)); // nobody has run this thread meanwhile
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(lane.store.pendingEvents()).isEqualTo(10);
        lane.assertAccount(10);
    }

    @Test
    void shouldEndTheRecordOfABatchWhoseRestIsDiscarded() {
        pipeline.v1 = true;
        pipeline.maxEvents = 3;
        pipeline.transport.script(batch -> batch.verdicts(0, name -> name.equals("event-1") ? "retry" : "ok"));
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        assertThat(lane.store.records()).isEqualTo(1);
        lane.store.hold();
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.requestClose(Duration.ZERO);
        lane.pass(Duration.ofMillis(760));
        lane.store.goOn();
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(2);
        assertThat(pipeline.settled(Outcome.DISCARDED)).as("the part").isEqualTo(1);
        assertThat(lane.store.records()).as("what the disk had begun with").isEqualTo(1);
        assertThat(lane.store.pendingEvents()).isEqualTo(1);
        lane.assertAccount(4);
    }

    @Test
    void shouldAcknowledgeTheLateRecordOfABatchThatWasSplit() {
        pipeline.maxEvents = 4;
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(4);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        pipeline.transport.sent(0).answer(413);
        pipeline.settle();
        pipeline.transport.sent(1).answer(200);
        pipeline.settle();
        lane.store.goOn();
        pipeline.settle();
        assertThat(lane.store.records()).isEqualTo(1);
        pipeline.transport.sent(2).answer(200);
        pipeline.settle();

        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(4, 0, 0, 0);
    }

    @Test
    void shouldStillWriteWhatThePartsOfABatchNeed() {
        pipeline.maxEvents = 2;
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(4);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        pipeline.transport.sent(1).answer(413);
        lane.pass(Duration.ofMillis(100));
        lane.store.goOn();
        pipeline.settle();
        assertThat(lane.store.records())
                .as("with the one that it had not begun")
                .isEqualTo(2);
        for (int i : new int[] {0, 2, 3}) {
            pipeline.transport.sent(i).answer(200);
        }
        pipeline.settle();

        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(4, 0, 0, 0);
    }

    @Test
    void shouldNotKeepTheLateRecordOfABatchThatWasJudgedEventByEvent() {
        pipeline.v1 = true;
        pipeline.maxEvents = 3;
        pipeline.transport.script(batch -> null);
        lane.store.hold();
        pipeline.capture(3);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_100));
        pipeline.transport
                .sent(0)
                .answer(pipeline.transport.sent(0).verdicts(0, n -> n.equals("event-0") ? "ok" : "retry"));
        lane.pass(Duration.ofSeconds(2));
        lane.store.goOn();
        pipeline.settle();
        assertThat(lane.store.records()).isEqualTo(1);
        pipeline.transport.sent(1).answer(pipeline.transport.sent(1).verdicts(0, n -> "ok"));
        pipeline.settle();

        assertThat(lane.store.records()).isZero();
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldTakeBackWhatNobodyNeedsOnDiskAnyMore() {
        lane.store.hold();
        pipeline.capture(3);
        pipeline.flush();
        lane.pass(Duration.ofMillis(2_200));
        pipeline.assertOutcomes(3, 0, 0, 0);
        lane.store.goOn();

        assertThat(lane.store.records()).as("the one it had begun with").isEqualTo(1);
        pipeline.settle();
        assertThat(lane.store.records()).isZero();
    }

    @Test
    void shouldOfferTheDiskAgainWhatItCouldNotTakeWhileTheServerIsAway() {
        lane.up = false;
        lane.store.fail("disk full");
        pipeline.capture(50);
        pipeline.flush();
        lane.pass(Duration.ofSeconds(5));
        assertThat(lane.store.records()).isZero();
        lane.store.fail(null);
        lane.pass(Duration.ofSeconds(40));

        // All but what has used its tries up, and what probes.
        assertThat(lane.store.pendingEvents()).isGreaterThanOrEqualTo(45);
        lane.assertAccount(50);
    }
}
