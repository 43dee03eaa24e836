package dev.penstock.engine.flags.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingKeysTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final MissingKeys missing = new MissingKeys(clock, Duration.ofSeconds(60));

    MissingKeysTest() {
        missing.refreshed();
    }

    @Test
    void shouldRememberUntilTheNextRefresh() {
        assertThat(missing.contains("a")).isFalse();
        missing.add("a", 1);
        assertThat(missing.contains("a")).isTrue();
        missing.refreshed();
        assertThat(missing.contains("a")).isFalse();
    }

    @Test
    void shouldRememberNothingWithoutRefreshes() {
        MissingKeys never = new MissingKeys(clock, Duration.ofSeconds(60));
        never.add("a", never.refreshes());

        assertThat(never.contains("a")).isFalse();
    }

    @Test
    void shouldForgetWhenARefreshIsOverdue() {
        missing.add("a", 1);
        clock.advance(Duration.ofSeconds(60));
        assertThat(missing.contains("a")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(missing.contains("a")).isFalse();
    }

    @Test
    void shouldNotRememberWhatWasAskedBeforeARefresh() {
        long asked = missing.refreshes();
        missing.refreshed();
        missing.add("a", asked);

        assertThat(missing.contains("a")).isFalse();
    }

    @Test
    void shouldRememberNoMoreThanItsBound() {
        for (int i = 0; i <= MissingKeys.MAX_KEYS; i++) {
            missing.add("key " + i, 1);
        }

        assertThat(missing.contains("key " + (MissingKeys.MAX_KEYS - 1))).isTrue();
        assertThat(missing.contains("key " + MissingKeys.MAX_KEYS)).isFalse();
    }

    @Test
    void shouldKeepItsBoundWithManyThreads() {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String prefix = "thread " + t + " key ";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < MissingKeys.MAX_KEYS; i++) {
                    missing.add(prefix + i, 1);
                }
            });
            threads.add(thread);
            thread.start();
        }
        threads.forEach(Await::end);

        int known = 0;
        for (int t = 0; t < 4; t++) {
            for (int i = 0; i < MissingKeys.MAX_KEYS; i++) {
                known += missing.contains("thread " + t + " key " + i) ? 1 : 0;
            }
        }
        assertThat(known).isEqualTo(MissingKeys.MAX_KEYS);
    }
}
