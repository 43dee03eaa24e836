package dev.penstock.engine.pipeline;

import static dev.penstock.engine.pipeline.PipelineFixture.gapMs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry table, its delays, and what a retry may change. */
class RetryTest {

    /** Timers are seen at the next tick of the wheel, 4.2 ms, and the next turn. */
    private static final long LATE_MS = 10;

    private final PipelineFixture pipeline = new PipelineFixture();

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 501, 502, 503, 504, 507, 599})
    void shouldMakeExactlyFourRequestsWithThreeRetries(int status) {
        answerAlways(status);
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(60), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(4);
        pipeline.assertOutcomes(0, 0, 5, 0);
        assertThat(pipeline.figure(LaneCounters.Figure.REQUESTS)).isEqualTo(4);
        assertThat(pipeline.figure(LaneCounters.Figure.RETRIES)).isEqualTo(3);
    }

    @Test
    void shouldRetryWhenNoAnswerCame() {
        pipeline.transport.script(
                batch -> pipeline.transport.requests() < 4 ? Answer.failed("connection refused") : ok());
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(10), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(4);
        pipeline.assertOutcomes(5, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 404, 405, 409, 410, 415, 422, 431, 451, 301, 302, 304, 307, 308})
    void shouldMakeOneRequestForAFinalStatus(int status) {
        answerAlways(status);
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 5, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void shouldTakeAnySuccessForDelivery(int status) {
        answerAlways(status);
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(5, 0, 0, 0);
    }

    @Test
    void shouldMakeOneRequestWithoutRetries() {
        pipeline.maxRetries = 0;
        answerAlways(503);
        pipeline.capture(5);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(10), Duration.ofMillis(4));

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 5, 0);
    }

    @Test
    void shouldDoubleTheDelay() {
        answerAlways(503);
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(5));

        assertGaps(500, 1_000, 2_000);
    }

    @Test
    void shouldNotDelayMoreThanThirtySeconds() {
        pipeline.maxRetries = 8;
        pipeline.retryDelayMs = 1_500;
        answerAlways(503);
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofMinutes(3));

        assertGaps(1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000, 30_000);
    }

    @Test
    void shouldNotOverflowTheDelayHoweverManyRetries() {
        pipeline.maxRetries = 100;
        answerAlways(503);
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofMinutes(52), Duration.ofMillis(20));

        assertThat(pipeline.transport.requests()).isEqualTo(101);
        assertThat(gapMs(pipeline.transport.sent(99), pipeline.transport.sent(100)))
                .isBetween(30_000L, 30_050L);
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    @Test
    void shouldOnlyEverAddJitter() {
        pipeline.random = () -> -1L;
        answerAlways(503);
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(6));

        assertThat(pipeline.transport.requests()).isEqualTo(4);
        long[] bases = {500, 1_000, 2_000};
        for (int i = 0; i < bases.length; i++) {
            assertThat(gapMs(pipeline.transport.sent(i), pipeline.transport.sent(i + 1)))
                    .isBetween(bases[i] + 1, bases[i] + bases[i] / 5);
        }
    }

    @ParameterizedTest
    @CsvSource({"3000,3000", "700,700", "100,500", "0,500", "-5000,500", "30000,30000", "30001,30000", "300000,30000"})
    void shouldTakeRetryAfterForALowerBound(long retryAfterMs, long expectedMs) {
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> new Answer(429, retryAfterMs, null));
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(35));

        assertGaps(expectedMs);
    }

    @Test
    void shouldNotComeBeforeRetryAfterWithJitter() {
        pipeline.random = () -> -1L;
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> new Answer(503, 3_000, null));
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(5));

        assertThat(gapMs(pipeline.transport.sent(0), pipeline.transport.sent(1)))
                .isBetween(3_001L, 3_600L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRenewSentAtAndNothingElse(boolean gzip) {
        pipeline.gzip = gzip;
        answerAlways(503);
        pipeline.capture("caf\u00e9 \u6f22 \ud83d\ude00", "\u00fc\"\\\n".repeat(2_000));
        pipeline.capture(20);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(5));

        List<SentBatch> sent = pipeline.transport.sent();
        assertThat(sent).hasSize(4);
        for (SentBatch batch : sent) {
            assertThat(batch.events()).isEqualTo(sent.get(0).events());
            assertThat(Instant.parse(batch.sentAt()))
                    .isEqualTo(PipelineFixture.START.plusNanos(
                            batch.nanos() - sent.get(0).nanos()));
            assertThat(batch.tree().get("api_key").textValue()).isEqualTo("phc_test");
        }
        assertThat(sent).extracting(SentBatch::sentAt).doesNotHaveDuplicates();
    }

    @Test
    void shouldGoByTheMonotonicClockWhenTheWallClockStepsBack() {
        answerAlways(503);
        pipeline.capture(1);
        pipeline.turn();
        pipeline.clock.setWall(PipelineFixture.START.minus(Duration.ofHours(1)));
        pipeline.pass(PipelineFixture.LINGER.minusMillis(1));
        assertThat(pipeline.transport.requests()).isZero();
        pipeline.pass(PipelineFixture.TICK);
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        assertThat(pipeline.transport.sent(0).sentAt()).isEqualTo("2026-02-11T08:30:02.617Z");

        pipeline.clock.setWall(PipelineFixture.START.minus(Duration.ofDays(3_000)));
        pipeline.pass(Duration.ofSeconds(5));

        assertGaps(500, 1_000, 2_000);
        assertThat(pipeline.transport.sent(1).sentAt()).startsWith("2017-11-2");
        assertThat(pipeline.transport.sent(1).events())
                .isEqualTo(pipeline.transport.sent(0).events());
    }

    @Test
    void shouldCancelAtTheDeadlineAndTryAgain() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.minusMillis(1));
        assertThat(transport.sent(0).isCancelled()).isFalse();

        pipeline.pass(Duration.ofMillis(LATE_MS));
        assertThat(transport.sent(0).isCancelled()).isTrue();
        assertThat(pipeline.figure(LaneCounters.Figure.TIMEOUTS)).isEqualTo(1);

        pipeline.pass(Duration.ofMillis(500 + LATE_MS));
        assertThat(transport.requests()).isEqualTo(2);
        assertThat(gapMs(transport.sent(0), transport.sent(1))).isBetween(10_500L, 10_500 + 2 * LATE_MS);
        transport.sent(1).answer(200);
        pipeline.settle();
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldIgnoreAnAnswerAfterTheDeadline() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(LATE_MS));
        transport.sent(0).answer(401);
        pipeline.settle();
        assertThat(pipeline.settled(dev.penstock.client.Outcome.REFUSED)).isZero();

        pipeline.pass(Duration.ofMillis(500 + LATE_MS));
        assertThat(transport.requests()).isEqualTo(2);
        transport.sent(0).answer(200);
        pipeline.settle();
        assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)).isEqualTo(3);

        transport.sent(1).answer(200);
        transport.sent(1).answer(503);
        transport.sent(0).answer(200);
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(40), Duration.ofMillis(4));
        pipeline.assertOutcomes(3, 0, 0, 0);
        assertThat(transport.requests()).isEqualTo(2);
    }

    /**
     * The wheel gives out the ids of timers again, that of an expired one even while its expiry is handled. Whether a
     * retry gets it depends on its delay: about one turn of the wheel.
     */
    @Test
    void shouldNotLoseARetryThatIsGivenTheTimerOfAPassedDeadline() {
        for (long delayMs = 4_280; delayMs <= 4_300; delayMs++) {
            PipelineFixture lane = new PipelineFixture();
            lane.retryDelayMs = delayMs;
            lane.maxEvents = 1;
            StallingTransport transport = lane.stalling();
            lane.capture("late");
            lane.capture("to be retried");
            lane.settle();
            transport.sent(0).onCancel(() -> {
                transport.sent(1).answer(503);
                transport.sent(0).answer(200);
            });
            lane.pass(PipelineFixture.TIMEOUT.plusMillis(LATE_MS));
            assertThat(lane.figure(LaneCounters.Figure.TIMEOUTS)).isZero();
            lane.pass(Duration.ofMillis(delayMs + LATE_MS));

            assertThat(transport.requests()).as("delay of %d ms", delayMs).isEqualTo(3);
            transport.sent(2).answer(200);
            lane.settle();
            lane.assertOutcomes(2, 0, 0, 0);
        }
    }

    @Test
    void shouldExpireWhatIsNeverAnswered() {
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(Duration.ofSeconds(60), Duration.ofMillis(4));

        assertThat(transport.requests()).isEqualTo(4);
        assertThat(transport.sent()).allMatch(SentBatch::isCancelled);
        assertThat(transport.open()).isZero();
        assertThat(pipeline.figure(LaneCounters.Figure.TIMEOUTS)).isEqualTo(4);
        pipeline.assertOutcomes(0, 0, 3, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeverModifyABodyThatSomebodyMayStillRead(boolean gzip) {
        pipeline.gzip = gzip;
        StallingTransport transport = pipeline.stalling();
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        pipeline.pass(PipelineFixture.TIMEOUT.plusSeconds(1));
        transport.sent(1).answerWithoutRelease(new Answer(503, 0, null));
        pipeline.pass(Duration.ofSeconds(2));
        transport.sent(2).answerWithoutRelease(Answer.failed("connection reset"));
        pipeline.pass(Duration.ofSeconds(3));
        transport.sent(3).answerWithoutRelease(new Answer(200, 0, null));
        pipeline.settle();
        // A later batch must not be built in an array in doubt either.
        pipeline.capture(50);
        pipeline.flush();
        pipeline.settle();
        transport.sent(4).answer(200);
        pipeline.settle();

        assertThat(transport.requests()).isEqualTo(5);
        assertThat(transport.sent()).allMatch(SentBatch::isUntouched);
        assertThat(transport.sent().stream()
                        .map(batch -> batch.request().body())
                        .distinct())
                .hasSize(5);
        assertThat(transport.sent().subList(0, 4))
                .extracting(SentBatch::events)
                .containsOnly(transport.sent(0).events());
        pipeline.assertOutcomes(53, 0, 0, 0);
    }

    @Test
    void shouldGoOnWithOtherBatchesWhileOneWaits() {
        pipeline.maxEvents = 1;
        pipeline.transport.script(batch -> batch.names().contains("slow") ? new Answer(503, 0, null) : ok());
        pipeline.capture("slow");
        pipeline.capture(20);
        pipeline.settle();

        assertThat(pipeline.settled(dev.penstock.client.Outcome.DELIVERED)).isEqualTo(20);
        pipeline.pass(Duration.ofSeconds(5));
        pipeline.assertOutcomes(20, 0, 1, 0);
    }

    private static Answer ok() {
        return new Answer(200, 0, null);
    }

    private void answerAlways(int status) {
        pipeline.transport.script(batch -> new Answer(status, 0, null));
    }

    private void assertGaps(long... expectedMs) {
        assertThat(pipeline.transport.requests()).isEqualTo(expectedMs.length + 1);
        for (int i = 0; i < expectedMs.length; i++) {
            assertThat(gapMs(pipeline.transport.sent(i), pipeline.transport.sent(i + 1)))
                    .as("delay before retry " + (i + 1))
                    .isBetween(expectedMs[i], expectedMs[i] + LATE_MS);
        }
    }
}
