package dev.penstock.engine.flags.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageTrackerTest {

    @Test
    void shouldAnswerFirstOncePerIdAndUse() {
        UsageTracker tracker = new UsageTracker(10);

        assertThat(tracker.isFirst("a", 1)).isTrue();
        assertThat(tracker.isFirst("a", 1)).isFalse();
        assertThat(tracker.isFirst("a", 2)).isTrue();
        assertThat(tracker.isFirst("b", 1)).isTrue();
        assertThat(tracker.size()).isEqualTo(2);
    }

    @Test
    void shouldTrackTheFingerprintThatMarksEmptyCells() {
        UsageTracker tracker = new UsageTracker(10);

        assertThat(tracker.isFirst("a", 0)).isTrue();
        assertThat(tracker.isFirst("a", 0)).isFalse();
    }

    @Test
    void shouldForgetOneIdAtATimeWhenFull() {
        UsageTracker tracker = new UsageTracker(3);
        for (String id : new String[] {"a", "b", "c", "d"}) {
            tracker.isFirst(id, 1);
        }

        assertThat(tracker.size()).isEqualTo(3);
        assertThat(tracker.isFirst("b", 1)).isFalse();
        assertThat(tracker.isFirst("c", 1)).isFalse();
        assertThat(tracker.isFirst("d", 1)).isFalse();
        assertThat(tracker.isFirst("a", 1)).isTrue();
    }

    @Test
    void shouldKeepIdsInUseAndForgetTheOthers() {
        UsageTracker tracker = new UsageTracker(100);
        tracker.isFirst("regular", 1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(tracker.isFirst("passing " + i, 1)).isTrue();
            assertThat(tracker.isFirst("regular", 1)).isFalse();
        }

        assertThat(tracker.size()).isEqualTo(100);
        assertThat(tracker.isFirst("passing 9999", 1)).isFalse();
        assertThat(tracker.isFirst("passing 0", 1)).isTrue();
    }

    @Test
    void shouldStayWithinItsBoundWhenEveryIdIsInUse() {
        UsageTracker tracker = new UsageTracker(200);
        for (int i = 0; i < 5_000; i++) {
            tracker.isFirst("id " + i, 1);
            tracker.isFirst("id " + i, 1);
        }

        assertThat(tracker.size()).isEqualTo(200);
    }

    @Test
    void shouldForgetIdsWhenTheyHaveTooManyUsesTogether() {
        UsageTracker tracker = new UsageTracker(10);
        for (int id = 0; id < 10; id++) {
            for (int use = 0; use < 40; use++) {
                tracker.isFirst("id " + id, 1 + use);
            }
        }

        // Forty uses take 64 cells, 60 of which count; the bound for ten ids is 320.
        assertThat(tracker.size()).isEqualTo(5);
        assertThat(tracker.fingerprints()).isEqualTo(300);
    }

    @Test
    void shouldBoundTheUsesOfOneIdAndStillKnowTheLatest() {
        TestSeed.run(random -> {
            SeenUses uses = new SeenUses("id");
            Set<Long> added = new HashSet<>();
            for (int i = 0; i < 20_000; i++) {
                long fingerprint = random.nextLong(1, Long.MAX_VALUE);
                assertThat(uses.add(fingerprint)).isGreaterThanOrEqualTo(0);
                assertThat(uses.contains(fingerprint)).isTrue();
                assertThat(uses.add(fingerprint)).isEqualTo(SeenUses.KNOWN);
                added.add(fingerprint);
            }

            assertThat(uses.retire()).isEqualTo(1_020);
            // One new use makes one old one forgotten, never more.
            assertThat(added.stream().filter(uses::contains).count()).isEqualTo(768);
            assertThat(uses.add(1)).isEqualTo(SeenUses.RETIRED);
        });
    }

    @Test
    void shouldAnswerFirstToOneOfSixteenThreads() throws Exception {
        int threads = 16;
        int uses = 2_000;
        UsageTracker tracker = new UsageTracker(50_000);
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var counts = IntStream.range(0, threads)
                    .mapToObj(t -> pool.submit(() -> {
                        int first = 0;
                        together.await();
                        for (int i = 0; i < uses; i++) {
                            first += tracker.isFirst("id " + i % 50, i) ? 1 : 0;
                        }
                        return first;
                    }))
                    .toList();
            int first = 0;
            for (Future<Integer> count : counts) {
                first += count.get();
            }
            assertThat(first).isEqualTo(uses);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldKeepItsAccountWhenThreadsForgetAndAddAtOnce() throws Exception {
        int threads = 4;
        UsageTracker tracker = new UsageTracker(64);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var tasks = IntStream.range(0, threads)
                    .mapToObj(t -> pool.submit(() -> {
                        Random random = new Random(t);
                        for (int i = 0; i < 50_000; i++) {
                            tracker.isFirst("id " + random.nextInt(500), random.nextInt(40));
                        }
                    }))
                    .toList();
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
        for (int i = 0; i < 1_000; i++) {
            tracker.isFirst("after " + i, 1);
        }

        assertThat(tracker.size()).isEqualTo(64);
        assertThat(tracker.fingerprints()).isZero();
    }

    @Test
    void shouldKnowNothingAsFirstAfterClose() {
        UsageTracker tracker = new UsageTracker(10);
        tracker.isFirst("a", 1);
        tracker.close();

        assertThat(tracker.size()).isZero();
        assertThat(tracker.isFirst("a", 1)).isFalse();
        assertThat(tracker.isFirst("b", 1)).isFalse();
    }
}
