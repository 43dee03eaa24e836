package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidSetTest {
    @Test
    void shouldAgreeWithAHashSetWhileItGrows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        UuidSet set = new UuidSet(4);
        Set<UUID> expected = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            // Few distinct halves, so that ids share one of them and many come again.
            long high = random.nextInt(400);
            long low = random.nextInt(400);
            assertThat(set.add(high, low)).as("seed %d, id %d", seed, i).isEqualTo(expected.add(new UUID(high, low)));
        }
        assertThat(set.size()).isEqualTo(expected.size());
    }

    @Test
    void shouldHoldMillionsOfIdsMadeInOneMillisecond() {
        UuidSet set = new UuidSet(64);
        int count = 2_000_000;
        for (int i = 0; i < count; i++) {
            set.add(0x019c4c0a6f107000L, 0x8000000000000000L | i);
        }
        assertThat(set.size()).isEqualTo(count);
        assertThat(set.add(0x019c4c0a6f107000L, 0x8000000000000000L | 77)).isFalse();
    }

    @Test
    void shouldHoldTheIdZero() {
        UuidSet set = new UuidSet(4);
        assertThat(set.add(0, 0)).isTrue();
        assertThat(set.add(0, 0)).isFalse();
        assertThat(set.size()).isEqualTo(1);
        set.clear();
        assertThat(set.size()).isZero();
        assertThat(set.add(0, 0)).isTrue();
    }

    @Test
    void shouldForgetAllOnClear() {
        UuidSet set = new UuidSet(4);
        for (int i = 1; i < 1_000; i++) {
            set.add(i, i);
        }
        set.clear();
        for (int i = 1; i < 1_000; i++) {
            assertThat(set.add(i, i)).isTrue();
        }
    }

    @Test
    void shouldCountEachIdOnceAcrossThreads() throws InterruptedException {
        StripedUuidSet set = new StripedUuidSet();
        int count = 50_000;
        long[] highs = new long[count];
        long[] lows = new long[count];
        for (int i = 0; i < count; i++) {
            lows[i] = i;
        }
        int[] added = new int[4];
        Thread[] threads = new Thread[added.length];
        for (int t = 0; t < threads.length; t++) {
            int self = t;
            threads[t] = new Thread(() -> added[self] = set.addAll(highs, lows, count));
            threads[t].start();
        }
        int total = 0;
        for (int t = 0; t < threads.length; t++) {
            threads[t].join();
            total += added[t];
        }
        assertThat(total).isEqualTo(count);
    }
}
