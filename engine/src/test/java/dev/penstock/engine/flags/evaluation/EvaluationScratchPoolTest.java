package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EvaluationScratchPoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final EvaluationScratchPool pool = new EvaluationScratchPool(8, () -> {
        made.incrementAndGet();
        return new EvaluationScratch(InstantSource.system(), Bucketer.SHA_1);
    });

    @Test
    void shouldLendTheSameScratchAgainAfterItsRelease() {
        EvaluationScratch first = pool.acquire();
        first.release();

        assertThat(pool.acquire()).isSameAs(first);
    }

    @Test
    void shouldLendDifferentScratchesWhileNoneIsReleased() {
        Set<EvaluationScratch> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 50; i++) {
            lent.add(pool.acquire());
        }

        assertThat(lent).hasSize(50);
    }

    @Test
    void shouldMakeNoneBeforeOneIsAskedFor() {
        assertThat(made).hasValue(0);
    }

    @Test
    void shouldMakeNoMoreForThreadsThatComeAndGo() {
        for (int i = 0; i < 200; i++) {
            Thread thread = new Thread(() -> pool.acquire().release());
            thread.start();
            Await.end(thread);
        }

        assertThat(made.get()).isBetween(1, 8);
    }

    @Test
    void shouldNeverLendOneScratchToTwoThreads() {
        AtomicInteger shared = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    EvaluationScratch scratch = pool.acquire();
                    if (scratch.tryAcquire()) {
                        shared.incrementAndGet();
                    }
                    scratch.release();
                }
            }));
        }
        threads.forEach(Thread::start);
        threads.forEach(Await::end);

        assertThat(shared).hasValue(0);
    }
}
