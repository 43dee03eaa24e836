package dev.penstock.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripedCounterTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void shouldBeExactUnderThreads(int stripes) throws InterruptedException {
        StripedCounter counter = new StripedCounter(stripes);
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            int stripe = t * 7 - 9;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 250_000; i++) {
                    counter.increment(stripe);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counter.sum()).isEqualTo(1_000_000);
    }

    @Test
    void shouldAcceptAnyStripe() {
        StripedCounter counter = new StripedCounter(8);
        for (int stripe : new int[] {0, 7, 8, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            counter.increment(stripe);
        }

        assertThat(counter.sum()).isEqualTo(6);
    }
}
