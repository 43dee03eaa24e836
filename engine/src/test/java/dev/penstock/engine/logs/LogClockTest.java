package dev.penstock.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogClockTest {

    private static final long NOW = 1_772_359_204_871L;

    private final AtomicLong millis = new AtomicLong(NOW);
    private final LogClock clock = new LogClock(millis::get);

    @Test
    @DisplayName("Logs: two logs in the same millisecond")
    void shouldAddANanosecondForEachFurtherRecordOfAMillisecond() {
        assertThat(clock.nextNanos()).isEqualTo(NOW * 1_000_000);
        assertThat(clock.nextNanos()).isEqualTo(NOW * 1_000_000 + 1);
        assertThat(clock.nextNanos()).isEqualTo(NOW * 1_000_000 + 2);
        millis.incrementAndGet();
        assertThat(clock.nextNanos()).isEqualTo((NOW + 1) * 1_000_000);
    }

    @Test
    void shouldNotFallWithTheClockUnlessItIsSetBackFar() {
        clock.nextNanos();
        millis.addAndGet(-1_000);
        assertThat(clock.nextNanos()).isEqualTo(NOW * 1_000_000 + 1);
        millis.addAndGet(-1);
        assertThat(clock.nextNanos()).isEqualTo((NOW - 1_001) * 1_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, 0",
        "-62167219200000, 0",
        "9223372036854, 9223372036854000000",
        "9223372036855, 9223372036854000000",
        "253402300799999, 9223372036854000000"
    })
    void shouldStayWithinWhatTheWireHasRoomFor(long now, long nanos) {
        millis.set(now);

        assertThat(clock.nextNanos()).isEqualTo(nanos);
    }

    @Test
    void shouldGiveEachOfManyThreadsTimesOfItsOwn() throws InterruptedException {
        Set<Long> times = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                long before = 0;
                for (int n = 0; n < 10_000; n++) {
                    long next = clock.nextNanos();
                    if (next > before) {
                        times.add(next);
                    }
                    before = next;
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(times).hasSize(40_000);
    }
}
