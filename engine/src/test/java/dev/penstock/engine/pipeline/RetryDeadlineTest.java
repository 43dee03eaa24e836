package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that a batch has from its first try. */
class RetryDeadlineTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String SPENT = "deadline of 5 s used up, last: status 503";

    private final PipelineFixture pipeline = new PipelineFixture();
    private final List<DeliveryNotice> notices = new ArrayList<>();

    RetryDeadlineTest() {
        pipeline.deadline = DEADLINE;
        pipeline.maxRetries = 100;
        pipeline.listener = notices::add;
    }

    @Test
    void shouldTryAgainANanosecondBeforeTheDeadline() {
        StallingTransport transport = failAfterASecond(Duration.ofSeconds(4).minusNanos(1));
        assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)).isEqualTo(1);
        pipeline.clock.advance(Duration.ofSeconds(4).minusNanos(2));
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(1);

        pipeline.clock.advance(Duration.ofNanos(1));
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(2);
        transport.sent(1).answer(200);
        pipeline.settle();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void shouldExpireAtOnceWhatCouldOnlyBeginAtTheDeadlineOrLater(long nanosLate) throws Exception {
        StallingTransport transport = failAfterASecond(Duration.ofSeconds(4).plusNanos(nanosLate));

        assertThat(transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertReasons(SPENT);
        assertThat(pipeline.logger.from(System.Logger.Level.WARNING)).anyMatch(line -> line.endsWith(SPENT));
    }

    @ParameterizedTest
    @CsvSource({"3999,true", "4000,false", "300000,false"})
    void shouldHoldTheServersWaitAgainstTheDeadlineToo(long retryAfterMs, boolean again) {
        StallingTransport transport = pipeline.stalling();
        captureOne();
        pipeline.clock.advance(Duration.ofSeconds(1));
        transport.sent(0).answer(new Answer(503, retryAfterMs, null));
        pipeline.settle();

        assertThat(pipeline.settled(Outcome.EXPIRED)).isEqualTo(again ? 0 : 1);
        pipeline.clock.advance(Duration.ofMillis(retryAfterMs));
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(again ? 2 : 1);
    }

    @Test
    void shouldMeasureFromTheFirstTryOverAllRetries() throws Exception {
        pipeline.retryPolicy = failed -> Duration.ofSeconds(1);
        pipeline.transport.script(batch -> new Answer(503, 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(10));

        // At 0, 1, 2, 3 and 4 s and a little: each is seen by a turn of a millisecond.
        assertThat(pipeline.transport.requests()).isEqualTo(5);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertReasons(SPENT);
    }

    @Test
    void shouldNotMeasureTheTimeBeforeTheFirstTry() {
        pipeline.maxRequests = 1;
        pipeline.maxEvents = 1;
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(9), Duration.ofMillis(4));
        transport.sent(0).answer(200);
        pipeline.settle();
        transport.sent(1).answer(503);
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(3);
        transport.sent(2).answer(200);
        pipeline.settle();
        pipeline.assertOutcomes(2, 0, 0, 0);
    }

    @Test
    void shouldNotSendWhatHasBecomeTooLateWhileItWaitedForItsTurn() throws Exception {
        StallingTransport transport = failAfterASecond(Duration.ofSeconds(3));
        pipeline.clock.advance(Duration.ofSeconds(4));
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertReasons(SPENT);
    }

    @Test
    void shouldSendWhatIsReadyANanosecondBeforeTheDeadline() {
        StallingTransport transport = failAfterASecond(Duration.ofSeconds(3));
        pipeline.clock.advance(Duration.ofSeconds(4).minusNanos(1));
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(2);
    }

    @Test
    void shouldExpireAfterARequestThatTookTooLong() throws Exception {
        pipeline.stalling();
        captureOne();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(10));

        pipeline.assertOutcomes(0, 0, 1, 0);
        assertReasons("deadline of 5 s used up, last: no answer within 10000 ms");
    }

    @Test
    void shouldDeliverHoweverLateAnAnswerComes() {
        StallingTransport transport = pipeline.stalling();
        captureOne();
        pipeline.pass(Duration.ofSeconds(9), Duration.ofMillis(4));
        transport.sent(0).answer(200);
        pipeline.settle();

        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldMeasureHalvesFromTheFirstTryOfTheWhole() throws Exception {
        pipeline.retryPolicy = failed -> Duration.ofSeconds(2);
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        pipeline.clock.advance(Duration.ofSeconds(2));
        transport.sent(0).answer(413);
        pipeline.settle();
        assertThat(transport.requests()).isEqualTo(3);
        transport.sent(1).answer(503); // 2 s and 2 s: in time
        pipeline.settle();
        pipeline.clock.advance(Duration.ofSeconds(1));
        transport.sent(2).answer(503); // 3 s and 2 s: too late
        pipeline.settle();
        assertThat(pipeline.settled(Outcome.EXPIRED)).isEqualTo(1);
        pipeline.clock.advance(Duration.ofSeconds(1));
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(4);
        transport.sent(3).answer(200);
        pipeline.settle();
        pipeline.assertOutcomes(1, 0, 1, 0);
        pipeline.tellListener();
        assertThat(notices).extracting(DeliveryNotice::reason).containsExactly(SPENT, "status 200");
    }

    @Test
    void shouldExpireHalvesThatAreTooLateForAFirstTry() throws Exception {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(2);
        pipeline.flush();
        pipeline.settle();
        pipeline.clock.advance(DEADLINE);
        transport.sent(0).answer(413);
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 2, 0);
        String spent = "deadline of 5 s used up, last: status 413";
        assertReasons(spent, spent);
    }

    @Test
    void shouldHaveNoDeadlineForPostHog() {
        pipeline.deadline = null;
        pipeline.maxRetries = 5;
        pipeline.transport.script(batch -> new Answer(503, 30_000, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(151), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(6);
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    private void captureOne() {
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
    }

    /** One batch that fails a second after its first try and then waits. */
    private StallingTransport failAfterASecond(Duration delay) {
        pipeline.retryPolicy = failed -> delay;
        StallingTransport transport = pipeline.stalling();
        captureOne();
        pipeline.clock.advance(Duration.ofSeconds(1));
        transport.sent(0).answer(503);
        pipeline.settle();
        return transport;
    }

    private void assertReasons(String... reasons) throws InterruptedException {
        pipeline.tellListener();
        assertThat(notices).extracting(DeliveryNotice::reason).containsExactly(reasons);
        assertThat(notices).extracting(DeliveryNotice::outcome).containsOnly(Outcome.EXPIRED);
    }
}
