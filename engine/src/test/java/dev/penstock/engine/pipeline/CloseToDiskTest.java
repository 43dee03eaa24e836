package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.StallingTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A close with a disk: what the server has not taken in time is left there. */
class CloseToDiskTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveTheRestSoThatItIsThereAtTheDeadline(boolean always) {
        SpoolingFixture lane = new SpoolingFixture(always);
        StallingTransport stalling = lane.pipeline.stalling();
        lane.pipeline.capture(20);
        lane.pipeline.settle();
        lane.pipeline.requestClose(Duration.ofSeconds(5));
        lane.pass(Duration.ofMillis(3_990));
        assertThat(lane.pipeline.hasEnded()).isFalse();
        lane.pass(Duration.ofMillis(100));

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(stalling.open()).isZero();
        assertThat(lane.pipeline.agent().hasDiscarded()).isFalse();
        assertThat(lane.store.pendingEvents()).isEqualTo(20);
        lane.assertAccount(20);
    }

    @Test
    void shouldLeaveWhatIsStillInTheRing() {
        SpoolingFixture lane = new SpoolingFixture(false);
        lane.pipeline.stalling();
        lane.pipeline.maxEvents = 100;
        lane.pipeline.capture(2_000);
        lane.pipeline.requestClose(Duration.ZERO);
        lane.pipeline.settle();

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(lane.store.pendingEvents()).isEqualTo(2_000);
    }

    @Test
    void shouldNotWaitForAServerThatIsAway() {
        SpoolingFixture lane = new SpoolingFixture(false);
        lane.up = false;
        lane.pipeline.capture(30);
        lane.pipeline.flush();
        lane.pass(Duration.ofMillis(100));
        lane.pipeline.requestClose(Duration.ofSeconds(30));
        lane.pass(Duration.ofMillis(50));

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(lane.store.pendingEvents()).isEqualTo(30);
        lane.assertAccount(30);
    }

    private static SpoolingFixture closingOnAHeldDisk() {
        SpoolingFixture lane = new SpoolingFixture(false);
        lane.pipeline.stalling();
        lane.pipeline.capture(10);
        lane.pipeline.settle();
        lane.store.hold();
        lane.pipeline.requestClose(Duration.ofSeconds(1));
        lane.pass(Duration.ofMillis(1_740));
        assertThat(lane.pipeline.settled(Outcome.DISCARDED)).isZero();
        lane.pass(Duration.ofMillis(20));
        return lane;
    }

    @Test
    void shouldTakeBackWhatASlowDiskHasNotBegunSoonAfterTheDeadlineAndWaitForTheRest() {
        SpoolingFixture lane = closingOnAHeldDisk();
        assertThat(lane.pipeline.settled(Outcome.DISCARDED)).isEqualTo(9);
        assertThat(lane.pipeline.hasEnded()).isFalse();

        lane.store.goOn();
        lane.pass(Duration.ofMillis(10));

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(lane.pipeline.agent().hasDiscarded()).isTrue();
        assertThat(lane.store.records())
                .as("nothing that was discarded is on disk")
                .isEqualTo(1);
        lane.pipeline.assertOutcomes(0, 0, 0, 9);
        lane.assertAccount(10);
    }

    @Test
    void shouldNotWaitForEverForTheWordOfADisk() {
        SpoolingFixture lane = closingOnAHeldDisk();
        lane.pass(Duration.ofMillis(1_730));
        assertThat(lane.pipeline.hasEnded()).isFalse();
        lane.pass(Duration.ofMillis(20));

        assertThat(lane.pipeline.hasEnded()).isTrue();
        lane.pipeline.assertOutcomes(0, 0, 0, 10);
    }

    @Test
    void shouldDiscardWhatTheDiskRefuses() {
        SpoolingFixture lane = new SpoolingFixture(false);
        lane.pipeline.stalling();
        lane.store.fail("disk full");
        lane.pipeline.capture(10);
        lane.pipeline.settle();
        lane.pipeline.requestClose(Duration.ofSeconds(1));
        lane.pass(Duration.ofMillis(900));

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(lane.pipeline.agent().hasDiscarded()).isTrue();
        lane.pipeline.assertOutcomes(0, 0, 0, 10);
    }

    @Test
    void shouldGiveUpMemoryAloneOnDiscard() {
        SpoolingFixture lane = new SpoolingFixture(true);
        lane.pipeline.stalling();
        lane.pipeline.capture(10);
        lane.pipeline.flush();
        lane.pipeline.settle();
        lane.store.hold();
        lane.pipeline.capture(5);
        lane.pipeline.flush();
        lane.pipeline.settle();
        lane.store.goOn();
        lane.pipeline.agent().requestDiscard();
        lane.pipeline.settle();

        assertThat(lane.pipeline.hasEnded()).isTrue();
        // What was stored stays, though nobody has looked yet whether it was.
        assertThat(lane.store.pendingEvents()).isEqualTo(15);
        assertThat(lane.pipeline.settled(Outcome.DISCARDED)).isZero();
    }

    @Test
    void shouldStoreNothingOnDiscardWhoseLastTryHasJustFailed() {
        SpoolingFixture lane = new SpoolingFixture(false);
        lane.pipeline.maxRetries = 0;
        lane.pipeline.transport.script(batch -> null);
        lane.pipeline.capture(1);
        lane.pipeline.flush();
        lane.pipeline.settle();
        lane.pipeline.transport.sent(0).answer(500);
        lane.pipeline.agent().requestDiscard();
        lane.pipeline.settle();

        assertThat(lane.pipeline.hasEnded()).isTrue();
        assertThat(lane.store.appends()).isZero();
        lane.pipeline.assertOutcomes(0, 0, 1, 0);
    }
}
