package dev.penstock.engine.flags.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {

    /** In the middle of the jitter. */
    private static final RandomGenerator STEADY = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    // min(60 s, interval * 2^n) with n counting refusals in a row, but never below the interval.
    @ParameterizedTest
    @CsvSource({
        "30, 60, 60, 60",
        "1, 2, 4, 8",
        "10, 20, 40, 60",
        "29, 58, 60, 60",
        "60, 60, 60, 60",
        "300, 300, 300, 300",
    })
    void shouldDoubleUpToAMinute(long interval, long first, long second, long third) {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(interval), STEADY);

        assertThat(seconds(schedule.nextNs())).isEqualTo(interval);
        assertThat(seconds(schedule.afterRefusalNs(0))).isEqualTo(first);
        assertThat(seconds(schedule.afterRefusalNs(0))).isEqualTo(second);
        assertThat(seconds(schedule.afterRefusalNs(0))).isEqualTo(third);
        schedule.reset();
        assertThat(seconds(schedule.afterRefusalNs(0))).isEqualTo(first);
    }

    @Test
    void shouldStayAtAMinuteHoweverOftenItIsRefused() {
        PollSchedule schedule = new PollSchedule(Duration.ofMillis(100), STEADY);
        for (int i = 0; i < 100; i++) {
            schedule.afterRefusalNs(0);
        }

        assertThat(seconds(schedule.afterRefusalNs(0))).isEqualTo(60);
    }

    @Test
    void shouldWaitAsLongAsTheServerAsksFor() {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(30), STEADY);

        assertThat(seconds(schedule.afterRefusalNs(59_000))).isEqualTo(60);
        assertThat(seconds(schedule.afterRefusalNs(61_000))).isEqualTo(61);
    }

    @Test
    void shouldVaryByTenPerCentAndNeverGoBelowWhatTheServerAsksFor() {
        TestSeed.run(random -> {
            PollSchedule schedule = new PollSchedule(Duration.ofSeconds(30), random);
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int i = 0; i < 1_000; i++) {
                long delayNs = schedule.nextNs();
                least = Math.min(least, delayNs);
                most = Math.max(most, delayNs);
                assertThat(schedule.afterRefusalNs(60_000)).isBetween(ns(60), ns(66));
            }
            assertThat(least).isBetween(ns(27), ns(28));
            assertThat(most).isBetween(ns(32), ns(33));
        });
    }

    private static long ns(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long seconds(long ns) {
        return Math.round(ns / 1e9);
    }
}
