package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {

    private final CaptureRig rig = CaptureRig.bare();

    @Test
    void shouldLendTheSameScratchAgainAfterItsRelease() {
        EventScratch first = rig.pool().acquire();
        first.release();

        assertThat(rig.pool().acquire()).isSameAs(first);
    }

    @Test
    void shouldLendDifferentScratchesToNestedCaptures() {
        Set<EventScratch> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 50; i++) {
            lent.add(rig.pool().acquire());
        }
        assertThat(lent).hasSize(50);
        lent.forEach(EventScratch::release);

        assertThat(rig.json(e -> e.put("a", 1))).contains("\"a\":1");
    }

    @Test
    void shouldReplaceScratchesThatWereAbandoned() {
        WeakReference<EventScratch> abandoned = abandonMany();

        long deadline = System.nanoTime() + 10_000_000_000L;
        while (abandoned.get() != null && System.nanoTime() - deadline < 0) {
            System.gc();
        }

        assertThat(abandoned.get()).isNull();
        assertThat(rig.json(e -> e.put("a", 1))).contains("\"a\":1");
    }

    /** In a method of its own, so that no local variable keeps a scratch. */
    private WeakReference<EventScratch> abandonMany() {
        WeakReference<EventScratch> reference = null;
        for (int i = 0; i < 10_000; i++) {
            EventScratch scratch = rig.pool().acquire().begin("abandoned");
            scratch.put("k", "value");
            if (i == 5_000) {
                reference = new WeakReference<>(scratch);
            }
        }
        return reference;
    }

    @Test
    void shouldServeThreadsThatComeAndGo() throws InterruptedException {
        int threads = 10_000;
        int lost = 0;
        Set<EventScratch> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                EventScratch scratch = rig.event();
                lent.add(scratch);
                scratch.put("a", 1).send();
            });
            thread.start();
            thread.join();
            if (i % 1_000 == 999) {
                lost += 1_000 - rig.drain().size();
            }
        }

        assertThat(lost).isZero();
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isEqualTo(threads);
        // Nothing was made for a thread that found its stripe free.
        assertThat(lent).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void shouldNeverLendOneScratchToTwoThreads() throws InterruptedException {
        Thread[] threads = new Thread[4];
        int[] mixed = new int[threads.length];
        for (int t = 0; t < threads.length; t++) {
            int self = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    EventScratch scratch = rig.pool().acquire();
                    if (scratch.tryAcquire()) {
                        mixed[self]++;
                    }
                    scratch.release();
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(mixed).containsOnly(0);
    }
}
