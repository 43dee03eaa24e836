package dev.penstock.engine.pipeline;

import static dev.penstock.engine.pipeline.PipelineFixture.gapMs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Full jitter, retries that count, and those after a wait of the server's, which do not. */
class FreeRetryTest {

    /** Timers are seen at the next tick of the wheel, 4.2 ms, and the next turn. */
    private static final long LATE_MS = 10;

    private final PipelineFixture pipeline = new PipelineFixture();
    private final List<DeliveryNotice> notices = new ArrayList<>();

    FreeRetryTest() {
        pipeline.deadline = Duration.ofHours(12);
        pipeline.listener = notices::add;
    }

    @Test
    void shouldDoubleTheBoundOfTheDelayUpToAMinute() throws Exception {
        pipeline.random = () -> -1L; // the longest delays
        pipeline.maxRetries = 9;
        answerAlways(503, 0);
        captureOne();
        pipeline.pass(Duration.ofMinutes(6));

        assertThat(pipeline.transport.requests()).isEqualTo(10);
        long[] bounds = {500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000};
        for (int i = 0; i < bounds.length; i++) {
            assertThat(gap(i)).isBetween(bounds[i], bounds[i] + LATE_MS);
        }
        assertExpired("9 retries used up, last: status 503");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void shouldTryAgainAtOnceWhenTheDelayIsZeroAndStillCountTheRetries(int maxRetries) throws Exception {
        pipeline.maxRetries = maxRetries;
        answerAlways(503, 0);
        captureOne();

        assertThat(pipeline.transport.requests()).isEqualTo(maxRetries + 1);
        assertThat(pipeline.figure(LaneCounters.Figure.RETRIES)).isEqualTo(maxRetries);
        assertExpired(maxRetries + " retries used up, last: status 503");
    }

    @Test
    void shouldNotCountRetriesThatTheServerAskedFor() throws Exception {
        pipeline.maxRetries = 2;
        pipeline.transport.script(batch -> new Answer(429, pipeline.transport.requests() <= 20 ? 1_000 : 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(25));

        // 20 waits of the server's, then two retries that count.
        assertThat(pipeline.transport.requests()).isEqualTo(23);
        for (int i = 0; i < 20; i++) {
            assertThat(gap(i)).isBetween(1_000L, 1_000 + LATE_MS);
        }
        assertExpired("2 retries used up, last: status 429");
    }

    @Test
    void shouldBeginTheScheduleWithTheFirstRetryThatCounts() {
        pipeline.random = () -> -1L; // the longest delays
        pipeline.transport.script(batch -> new Answer(503, pipeline.transport.requests() <= 4 ? 1_000 : 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(9));

        assertThat(pipeline.transport.requests()).isEqualTo(8);
        long[] delays = {1_099, 1_099, 1_099, 1_099, 500, 1_000, 2_000};
        for (int i = 0; i < delays.length; i++) {
            assertThat(gap(i)).isBetween(delays[i], delays[i] + LATE_MS);
        }
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    @Test
    void shouldTryAgainWhenTheServerAsksForItAfterTheLastRetryThatCounts() {
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> switch (pipeline.transport.requests()) {
            case 1 -> new Answer(503, 0, null);
            case 2 -> new Answer(503, 2_000, null);
            default -> new Answer(200, 0, null);
        });
        captureOne();
        pipeline.pass(Duration.ofMillis(1_999));
        assertThat(pipeline.transport.requests()).isEqualTo(2);
        pipeline.pass(Duration.ofMillis(LATE_MS));

        assertThat(pipeline.transport.requests()).isEqualTo(3);
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldCountTheTriesOnTheWireAllTheSame() {
        pipeline.v1 = true;
        pipeline.maxRetries = 1;
        pipeline.transport.script(batch -> switch (pipeline.transport.requests()) {
            case 1, 2 -> new Answer(503, 1_000, null);
            case 3 -> batch.verdicts(1_000, name -> "retry");
            case 4 -> new Answer(503, 0, null);
            default -> batch.verdicts(0, name -> "ok");
        });
        captureOne();
        pipeline.pass(Duration.ofSeconds(4));

        assertThat(pipeline.transport.sent())
                .extracting(batch -> batch.header("PostHog-Attempt"))
                .containsExactly("1", "2", "3", "4", "5");
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldCountEveryRetryForPostHog() {
        pipeline.deadline = null;
        answerAlways(503, 1_000);
        captureOne();
        pipeline.pass(Duration.ofSeconds(20));

        assertThat(pipeline.transport.requests()).isEqualTo(4);
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "299999,299999", "300000,300000", "300001,300000"})
    void shouldWaitFiveMinutesForTheServerAndNoLonger(long retryAfterMs, long expectedMs) {
        answerOnce(new Answer(503, retryAfterMs, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(301));

        assertThat(pipeline.transport.requests()).isEqualTo(2);
        assertThat(gap(0)).isBetween(expectedMs, expectedMs + LATE_MS);
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldLetOnlyTheDeadlineEndWaitsOfTheServers() throws Exception {
        answerAlways(429, 1_000);
        captureOne();
        pipeline.pass(Duration.ofSeconds(1_000));

        assertThat(pipeline.transport.requests()).isGreaterThan(3 * RequestBudget.MAX_REQUESTS);
        pipeline.transport.script(batch -> new Answer(200, 0, null));
        pipeline.pass(Duration.ofSeconds(2));
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldRefuseWhenSplitsUseUpTheRequests() {
        pipeline.transport.script(batch -> new Answer(413, 0, null));
        pipeline.capture(100);
        pipeline.settle();

        assertThat(pipeline.transport.requests()).isEqualTo(RequestBudget.MAX_REQUESTS);
        pipeline.assertOutcomes(0, 100, 0, 0);
    }

    @Test
    void shouldGiveHalvesTriesOfTheirOwn() {
        pipeline.maxRetries = 1;
        Map<List<String>, Integer> tries = new HashMap<>();
        pipeline.transport.script(batch -> {
            boolean first = tries.merge(batch.names(), 1, Integer::sum) == 1;
            return new Answer(first ? 503 : batch.size() > 1 ? 413 : 200, 0, null);
        });
        pipeline.capture(4);
        pipeline.flush();
        pipeline.settle();

        assertThat(tries)
                .hasSize(7)
                .allSatisfy((names, count) -> assertThat(count).isEqualTo(2));
        pipeline.assertOutcomes(4, 0, 0, 0);
    }

    @Test
    void shouldNotCountAWaitThatComesWithVerdicts() {
        pipeline.v1 = true;
        pipeline.maxRetries = 0;
        pipeline.transport.script(batch -> batch.verdicts(
                1_000, name -> pipeline.transport.requests() > 5 || name.equals("event-0") ? "ok" : "retry"));
        pipeline.capture(3);
        pipeline.flush();
        pipeline.settle();
        assertThat(pipeline.settled(Outcome.DELIVERED)).isEqualTo(1);
        pipeline.pass(Duration.ofSeconds(6));

        assertThat(pipeline.transport.requests()).isEqualTo(6);
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldKeepTheOrderWithoutADelay() {
        pipeline.inOrder = true;
        pipeline.maxRequests = 1;
        pipeline.maxEvents = 1;
        Map<List<String>, Integer> tries = new HashMap<>();
        pipeline.transport.script(batch ->
                new Answer(tries.merge(batch.names(), 1, Integer::sum) < 3 ? 503 : 200, 0, null));
        pipeline.capture(3);
        pipeline.settle();

        assertThat(pipeline.transport.sent().stream().flatMap(batch -> batch.names().stream()))
                .containsExactly(
                        "event-0", "event-0", "event-0", "event-1", "event-1", "event-1", "event-2", "event-2",
                        "event-2");
        pipeline.assertOutcomes(3, 0, 0, 0);
    }

    @Test
    void shouldTryAgainAtOnceAfterARequestThatTimedOut() {
        StallingTransport transport = pipeline.stalling();
        captureOne();
        pipeline.pass(PipelineFixture.TIMEOUT.plusMillis(LATE_MS));

        assertThat(transport.requests()).isEqualTo(2);
        transport.sent(1).answer(200);
        pipeline.settle();
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDiscardWhatWaitsForMinutesWhenClosed(boolean flushed) {
        answerAlways(503, 300_000);
        pipeline.capture(5);
        var done = pipeline.flush();
        pipeline.settle();
        assertThat(done.getCount()).isEqualTo(1);
        pipeline.requestClose(Duration.ofSeconds(flushed ? 1 : 0));
        pipeline.pass(Duration.ofSeconds(2), Duration.ofMillis(4));

        assertThat(pipeline.hasEnded()).isTrue();
        assertThat(pipeline.agent().hasDiscarded()).isTrue();
        assertThat(done.getCount()).isZero();
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 0, 5);
    }

    @Test
    void shouldBalanceTheAccountWhateverIsAnswered() {
        TestSeed.run(random -> {
            pipeline.random = random.split();
            pipeline.maxEvents = 7;
            pipeline.listener = null;
            pipeline.deadline = Duration.ofMinutes(20);
            int[] statuses = {200, 429, 503, 503, 413, 400, 401, 0};
            pipeline.transport.script(batch -> {
                int status = statuses[random.nextInt(statuses.length)];
                return status == 0
                        ? Answer.failed("connection reset")
                        : new Answer(status, random.nextBoolean() ? 0 : random.nextInt(400_000), null);
            });
            pipeline.capture(500);
            pipeline.flush();
            pipeline.settle();
            // A wait that one batch is asked for holds for all of them, so the last ones begin late.
            pipeline.pass(Duration.ofHours(24), Duration.ofMillis(500));

            long sum = 0;
            for (Outcome outcome : Outcome.values()) {
                sum += pipeline.settled(outcome);
            }
            assertThat(sum).isEqualTo(500);
            assertThat(pipeline.figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)).isZero();
            Map<String, Long> first = new HashMap<>();
            for (SentBatch batch : pipeline.transport.sent()) {
                for (String uuid : batch.uuids()) {
                    long began = first.computeIfAbsent(uuid, event -> batch.nanos());
                    assertThat(batch.nanos() - began)
                            .isLessThan(Duration.ofMinutes(21).toNanos());
                }
            }
        });
    }

    private void captureOne() {
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
    }

    private void answerAlways(int status, long retryAfterMs) {
        pipeline.transport.script(batch -> new Answer(status, retryAfterMs, null));
    }

    private void answerOnce(Answer answer) {
        pipeline.transport.script(batch -> pipeline.transport.requests() == 1 ? answer : new Answer(200, 0, null));
    }

    private long gap(int i) {
        return gapMs(pipeline.transport.sent(i), pipeline.transport.sent(i + 1));
    }

    private void assertExpired(String reason) throws InterruptedException {
        pipeline.assertOutcomes(0, 0, 1, 0);
        pipeline.tellListener();
        assertThat(notices)
                .extracting(DeliveryNotice::outcome, DeliveryNotice::reason)
                .containsExactly(tuple(Outcome.EXPIRED, reason));
    }
}
