package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Flushing and closing. */
class PipelineEndTest {

    private final PipelineFixture pipeline = new PipelineFixture();

    @Test
    void shouldCompleteAFlushOnlyWhenEverythingBeforeItIsSettled() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture("a");
        CountDownLatch first = pipeline.flush();
        pipeline.turn();
        pipeline.capture("b");
        CountDownLatch second = pipeline.flush();
        CountDownLatch third = pipeline.flush();
        pipeline.settle();
        pipeline.capture("c");
        pipeline.settle();
        assertThat(transport.sent()).extracting(SentBatch::names).containsExactly(List.of("a"), List.of("b"));

        transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(first.getCount()).isEqualTo(1);
        assertThat(second.getCount()).as("an earlier batch is still open").isEqualTo(1);

        transport.sent(0).answer(200);
        pipeline.settle();
        assertThat(List.of(first.getCount(), second.getCount(), third.getCount()))
                .containsOnly(0L);
        assertThat(transport.requests())
                .as("what came after the flush is not sent")
                .isEqualTo(2);
    }

    @Test
    void shouldCoverABatchThatIsOnTheWireAlready() {
        pipeline.maxEvents = 2;
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        pipeline.settle();
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(1);
        assertThat(done.getCount()).isEqualTo(1);

        transport.sent(0).answer(200);
        pipeline.settle();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void shouldWaitForRetriesInAFlush() {
        pipeline.transport.script(batch -> new Answer(pipeline.transport.requests() < 3 ? 503 : 200, 0, null));
        pipeline.capture(1);
        CountDownLatch done = pipeline.flush();
        pipeline.pass(Duration.ofMillis(1_400));
        assertThat(done.getCount()).isEqualTo(1);
        pipeline.pass(Duration.ofMillis(200));
        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldCompleteAFlushOfWhatExpires() {
        pipeline.transport.script(batch -> new Answer(503, 0, null));
        pipeline.capture(1);
        CountDownLatch done = pipeline.flush();
        pipeline.pass(Duration.ofSeconds(5));
        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    @Test
    void shouldCompleteAFlushOfMoreThanTheWindowHolds() {
        pipeline.maxEvents = 1;
        pipeline.maxInFlightBytes = 128 * 1024;
        pipeline.maxRequests = 1;
        pipeline.capture(500);
        CountDownLatch done = pipeline.flush();
        pipeline.settle();
        assertThat(done.getCount()).isZero();
        pipeline.assertOutcomes(500, 0, 0, 0);
    }

    @Test
    void shouldSendTheOpenBatchAtOnceWhenClosing() {
        pipeline.capture(5);
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isZero();

        pipeline.requestClose(Duration.ofSeconds(1));
        pipeline.settle();
        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasDiscarded()).isFalse();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(5, 0, 0, 0);
    }

    @Test
    void shouldDiscardAndCountWhateverIsPendingAtTheDeadline() {
        StallingTransport transport = pipeline.stalling();
        pipeline.maxEvents = 1;
        pipeline.maxRequests = 2;
        pipeline.maxInFlightBytes = 100_000;
        pipeline.capture(300);
        CountDownLatch flush = pipeline.flush();
        pipeline.settle();
        transport.sent(0).answer(503); // waits for its retry
        transport.sent(1).answer(200);
        pipeline.settle();
        assertThat(pipeline.ring().countPublished()).isPositive();

        pipeline.requestClose(Duration.ofMillis(100));
        pipeline.pass(Duration.ofMillis(99));
        assertThat(pipeline.hasEnded()).isFalse();
        pipeline.pass(Duration.ofMillis(1));
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasDiscarded()).isTrue();
        assertThat(pipeline.ring().countPublished()).isZero();
        assertThat(transport.open()).isZero();
        assertThat(flush.getCount()).isZero();
        pipeline.assertOutcomes(1, 0, 0, 299);
    }

    @Test
    void shouldTakeTheEarlierOfTwoDeadlines() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(1);
        pipeline.requestClose(Duration.ofHours(1));
        pipeline.settle();
        pipeline.requestClose(Duration.ofMillis(50));
        pipeline.requestClose(Duration.ofHours(2));
        pipeline.pass(Duration.ofMillis(51));

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 0, 1);
    }

    /** Capture-behaviour 1.2.7: discarding drops what is pending; it does not send it. */
    @Test
    void shouldSendNothingMoreWhenTheDeadlineHasPassedAlready() {
        pipeline.capture(5);
        pipeline.turn();
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.transport.requests()).isZero();
        pipeline.assertOutcomes(0, 0, 0, 5);
    }

    @Test
    void shouldNotSendWhatIsBeingReadWhenADiscardComes() {
        pipeline.onRead = () -> pipeline.requestClose(Duration.ZERO);
        pipeline.capture(5);
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.transport.requests()).isZero();
        pipeline.assertOutcomes(0, 0, 0, 5);
    }

    @Test
    void shouldSendWhatIsBeingReadWhenACloseComes() {
        pipeline.onRead = () -> pipeline.requestClose(Duration.ofSeconds(1));
        pipeline.capture(5);
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(5, 0, 0, 0);
    }

    @Test
    void shouldNotStartADueRetryWhenTheDeadlineHasPassedAlready() {
        pipeline.transport.script(batch -> new Answer(503, 0, null));
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.clock.advance(Duration.ofSeconds(2));
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 0, 5);
    }

    @Test
    void shouldFinishRetriesWithinTheDeadline() {
        pipeline.transport.script(batch -> new Answer(pipeline.transport.requests() < 3 ? 503 : 200, 0, null));
        pipeline.capture(5);
        pipeline.requestClose(Duration.ofSeconds(10));
        pipeline.pass(Duration.ofSeconds(3));

        assertThat(pipeline.hasEnded()).isTrue();
        pipeline.assertOutcomes(5, 0, 0, 0);
    }

    /** An answer counts from its status line on, even if the rest of it is still to come. */
    @Test
    void shouldCountTheAnswersThatADiscardBringsOut() {
        pipeline.maxEvents = 1;
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(4);
        pipeline.settle();
        transport.sent(0).onCancel(() -> transport.sent(0).answer(200));
        transport.sent(1).onCancel(() -> transport.sent(1).answer(401));
        transport.sent(2).onCancel(() -> transport.sent(2).answer(503));
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(transport.requests()).isEqualTo(4);
        pipeline.assertOutcomes(1, 1, 0, 2);
    }

    @Test
    void shouldIgnoreAnswersAfterTheEnd() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        pipeline.requestClose(Duration.ZERO);
        pipeline.settle();
        transport.sent(0).answer(200);

        assertThat(pipeline.settled(Outcome.DELIVERED)).isZero();
        pipeline.assertOutcomes(0, 0, 0, 5);
    }
}
