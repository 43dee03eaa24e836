package dev.penstock.engine.pipeline;

import static dev.penstock.engine.pipeline.PipelineFixture.gapMs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.SneakyThrow;
import dev.penstock.engine.transport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delays of the user's instead of the schedule's, and the timers that have to bear them. */
class RetryPolicyTest {

    /** Timers are seen at the next tick of the wheel, 4.2 ms, and the next turn. */
    private static final long LATE_MS = 10;

    private static final String WARNING = "the client's own schedule is used instead";

    private final PipelineFixture pipeline = new PipelineFixture();

    RetryPolicyTest() {
        pipeline.deadline = Duration.ofHours(12);
        pipeline.transport.script(batch -> new Answer(503, 0, null));
    }

    @Test
    void shouldWaitAsLongAsThePolicySays() {
        List<Integer> failed = new ArrayList<>();
        pipeline.retryPolicy = tries -> {
            failed.add(tries);
            return Duration.ofMillis(700L * tries);
        };
        captureOne();
        pipeline.pass(Duration.ofSeconds(5));

        assertThat(failed).containsExactly(1, 2, 3);
        assertGaps(700, 1_400, 2_100);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void shouldTellThePolicyOfAllTriesWhetherTheyCountOrNot() {
        List<Integer> failed = new ArrayList<>();
        pipeline.maxRetries = 1;
        pipeline.retryPolicy = tries -> {
            failed.add(tries);
            return Duration.ZERO;
        };
        pipeline.transport.script(batch -> new Answer(503, pipeline.transport.requests() < 3 ? 1_000 : 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(3));

        assertThat(failed).containsExactly(1, 2, 3);
        assertGaps(1_000, 1_000, 0);
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"700,0,700", "700,300,700", "700,700,700", "700,2000,2000", "0,2000,2000"})
    void shouldLetRetryAfterOnlyLengthenTheWait(long ownMs, long retryAfterMs, long expectedMs) {
        pipeline.retryPolicy = tries -> Duration.ofMillis(ownMs);
        pipeline.transport.script(batch ->
                pipeline.transport.requests() == 1 ? new Answer(503, retryAfterMs, null) : new Answer(200, 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(3));

        assertGaps(expectedMs);
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-2562047788015215H"})
    void shouldTryAgainAtOnceWhenTheWaitIsNotPositive(Duration wait) {
        pipeline.retryPolicy = tries -> wait;
        captureOne();

        assertGaps(0, 0, 0);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT12H", "P365D", "P366D", "PT2562047788015215H"})
    void shouldExpireWhenTheWaitIsLongerThanTheDeadline(Duration wait) {
        pipeline.retryPolicy = tries -> wait;
        captureOne();

        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void shouldUseTheScheduleAndWarnOnceAnIntervalWhenThePolicyGivesNull() {
        pipeline.random = () -> -1L; // the longest delays
        pipeline.retryPolicy = tries -> null;
        captureOne();
        pipeline.pass(Duration.ofSeconds(5));

        assertGaps(500, 1_000, 2_000);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(warnings()).hasSize(1).first().asString().contains("returned null");
        pipeline.pass(Duration.ofMinutes(1), Duration.ofMillis(4));
        assertThat(warnings()).hasSize(2).last().asString().contains("(2 times)");
    }

    @Test
    void shouldUseTheScheduleWhateverThePolicyThrows() {
        pipeline.random = () -> -1L; // the longest delays
        pipeline.retryPolicy = tries -> {
            switch (tries) {
                case 1 -> throw new IllegalStateException("no idea");
                case 2 -> throw new StackOverflowError();
                default -> SneakyThrow.of(new IOException("not declared"));
            }
            return Duration.ZERO;
        };
        captureOne();
        pipeline.pass(Duration.ofSeconds(5));

        assertGaps(500, 1_000, 2_000);
        pipeline.assertOutcomes(0, 0, 1, 0);
        assertThat(warnings()).hasSize(1).first().asString().contains("the retry policy failed: ");
    }

    @Test
    void shouldHeedRetryAfterWhenThePolicyFails() {
        pipeline.retryPolicy = tries -> null;
        pipeline.transport.script(
                batch -> pipeline.transport.requests() == 1 ? new Answer(503, 2_000, null) : new Answer(200, 0, null));
        captureOne();
        pipeline.pass(Duration.ofSeconds(3));

        assertGaps(2_000);
        pipeline.assertOutcomes(1, 0, 0, 0);
    }

    @Test
    void shouldWaitForHours() {
        pipeline.maxRetries = 1;
        pipeline.retryPolicy = tries -> Duration.ofHours(11);
        captureOne();
        pipeline.pass(Duration.ofHours(11).minusSeconds(1), Duration.ofSeconds(1));
        pipeline.pass(Duration.ofMillis(999));
        assertThat(pipeline.transport.requests()).isEqualTo(1);
        pipeline.pass(Duration.ofMillis(LATE_MS));

        assertThat(pipeline.transport.requests()).isEqualTo(2);
        pipeline.assertOutcomes(0, 0, 1, 0);
    }

    /** A turn of the timers' wheel takes 4.3 s, so that most of these go round many times. */
    @Test
    void shouldBeInTimeWithManyWaitsOfUpToFiveMinutes() {
        TestSeed.run(random -> {
            pipeline.maxEvents = 1;
            pipeline.maxRequests = 1_000;
            pipeline.maxRetries = 1;
            List<Duration> waits = new ArrayList<>();
            pipeline.retryPolicy = tries -> {
                waits.add(Duration.ofNanos(random.nextLong(300_000_000_000L)));
                return waits.get(waits.size() - 1);
            };
            pipeline.capture(500);
            pipeline.settle();
            assertThat(pipeline.transport.requests()).isEqualTo(500);
            Map<String, Duration> waitOf = new HashMap<>();
            for (int i = 0; i < 500; i++) {
                waitOf.put(nameOf(i), waits.get(i));
            }
            pipeline.pass(Duration.ofMillis(300_010), Duration.ofMillis(2));

            assertThat(pipeline.transport.requests()).isEqualTo(1_000);
            long begun = pipeline.transport.sent(0).nanos();
            for (int i = 500; i < 1_000; i++) {
                long waitNs = waitOf.remove(nameOf(i)).toNanos();
                assertThat(pipeline.transport.sent(i).nanos() - begun)
                        .as("wait of %d ns", waitNs)
                        .isBetween(waitNs, waitNs + LATE_MS * 1_000_000);
            }
            pipeline.assertOutcomes(0, 0, 500, 0);
        });
    }

    private String nameOf(int request) {
        return pipeline.transport.sent(request).names().get(0);
    }

    private void captureOne() {
        pipeline.capture(1);
        pipeline.flush();
        pipeline.settle();
    }

    private List<String> warnings() {
        return pipeline.logger.from(System.Logger.Level.WARNING).stream()
                .filter(line -> line.contains(WARNING))
                .toList();
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
