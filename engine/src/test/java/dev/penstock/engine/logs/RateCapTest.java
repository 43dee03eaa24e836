package dev.penstock.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.RecordingLogger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateCapTest {

    private static final long NOW = 1_772_359_204_871L;

    private final RecordingLogger logger = new RecordingLogger();
    private final DistinctErrors errors = new DistinctErrors(() -> logger, "test", 0, null);

    private RateCap cap(int maxLogs, Duration window) {
        return new RateCap(maxLogs, window, errors);
    }

    private static int admitted(RateCap cap, long now, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += cap.admits(now) ? 1 : 0;
        }
        return admitted;
    }

    private int warnings() {
        errors.report(System.nanoTime());
        return logger.lines().size();
    }

    @Test
    @DisplayName("Logs: cap drops excess logs")
    void shouldAdmitNoMoreThanTheCapAndWarnOnceAWindow() {
        RateCap cap = cap(500, Duration.ofSeconds(10));

        assertThat(admitted(cap, NOW, 500)).isEqualTo(500);
        assertThat(warnings()).isZero();
        assertThat(cap.admits(NOW)).isFalse();
        assertThat(admitted(cap, NOW + 9_999, 1_000)).isZero();
        assertThat(warnings()).isEqualTo(1);
        assertThat(logger.lines().get(0).message()).contains("more than 500 logs", "SAMPLED");
    }

    @Test
    void shouldBeginAnewWhenTheWindowIsOver() {
        RateCap cap = cap(2, Duration.ofSeconds(10));

        assertThat(admitted(cap, NOW, 3)).isEqualTo(2);
        assertThat(cap.admits(NOW + 9_999)).isFalse();
        assertThat(warnings()).isEqualTo(1);
        assertThat(admitted(cap, NOW + 10_000, 3)).isEqualTo(2);
        assertThat(warnings()).isEqualTo(2);
        assertThat(cap.admits(NOW + 19_999)).isFalse();
        assertThat(cap.admits(NOW + 20_000)).isTrue();
    }

    @Test
    void shouldBeginAWindowWithItsFirstRecord() {
        RateCap cap = cap(1, Duration.ofSeconds(10));
        cap.admits(NOW);

        assertThat(cap.admits(NOW + 15_000)).isTrue();
        assertThat(cap.admits(NOW + 24_999)).isFalse();
        assertThat(cap.admits(NOW + 25_000)).isTrue();
    }

    @Test
    void shouldBeginAnewWhenTheClockIsSetBack() {
        RateCap cap = cap(1, Duration.ofSeconds(10));
        assertThat(admitted(cap, NOW, 2)).isEqualTo(1);

        assertThat(cap.admits(NOW - 3_600_000)).isTrue();
        assertThat(cap.admits(NOW - 3_600_000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, PT10S", "-1, PT10S", "1, PT0S", "1, PT-1S", "1, PT0.0009S", "1, PT-9223372036854775808S"})
    void shouldCapNothingWithoutANumberOrAWindow(int maxLogs, Duration window) {
        assertThat(admitted(cap(maxLogs, window), NOW, 100)).isEqualTo(100);
        assertThat(warnings()).isZero();
    }

    @Test
    void shouldKeepAWindowWithoutEnd() {
        RateCap cap = cap(1, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(admitted(cap, NOW, 2)).isEqualTo(1);
        assertThat(cap.admits(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void shouldAdmitExactlyTheCapFromManyThreads() throws InterruptedException {
        RateCap cap = cap(10_000, Duration.ofSeconds(10));
        AtomicInteger admitted = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return; // nothing is admitted then, and the test fails
                }
                admitted.addAndGet(admitted(cap, NOW, 5_000));
            });
        }
        begin.countDown();
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(admitted).hasValue(10_000);
        assertThat(warnings()).isEqualTo(1);
    }
}
