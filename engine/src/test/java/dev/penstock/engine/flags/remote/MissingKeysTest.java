package dev.penstock.engine.flags.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingKeysTest {

    private final MissingKeys missing = new MissingKeys();

    @Test
    void shouldRememberUntilCleared() {
        assertThat(missing.contains("a")).isFalse();
        missing.add("a");
        assertThat(missing.contains("a")).isTrue();
        missing.clear();
        assertThat(missing.contains("a")).isFalse();
    }

    @Test
    void shouldRememberNoMoreThanItsBound() {
        for (int i = 0; i <= MissingKeys.MAX_KEYS; i++) {
            missing.add("key " + i);
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
                    missing.add(prefix + i);
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
