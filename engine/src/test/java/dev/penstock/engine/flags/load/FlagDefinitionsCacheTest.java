package dev.penstock.engine.flags.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagDefinitionsCache;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.transport.FetchAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of an application's cache, sentence by sentence. */
@Timeout(60)
class FlagDefinitionsCacheTest {

    private final FakeCache cache = new FakeCache();
    private final PollerFixture fixture = new PollerFixture(cache);

    @Test
    void shouldAskBeforeEachRefresh() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        fixture.passInterval();
        fixture.answer(304);
        CompletableFuture<Boolean> loaded = fixture.reload();
        fixture.answer(304);

        assertThat(loaded).isCompletedWithValue(true);
        assertThat(cache.calls).containsExactly("shouldFetch", "store F1", "shouldFetch", "shouldFetch");
    }

    @Test
    void shouldStoreOnlyWhatIsInUse() {
        fixture.start();
        fixture.answer("W/\"1\"", "broken");
        fixture.passInterval();
        fixture.answer(500);

        assertThat(cache.calls).containsExactly("shouldFetch", "shouldFetch");
    }

    @Test
    void shouldLoadWithoutARequestWhenItShouldNotFetch() {
        cache.shouldFetch = false;
        cache.stored = "F cached";
        fixture.start();

        assertThat(fixture.server.count()).isZero();
        assertThat(fixture.target.held()).isEqualTo("F cached");
        assertThat(fixture.poller.isReady()).isTrue();
        assertThat(fixture.untilNext()).isEqualTo(PollSettings.DEFAULT_INTERVAL);
        assertThat(fixture.poller.failedLoads()).isZero();
    }

    @Test
    void shouldOnlyConfirmWhatItHasLoadedBefore() {
        cache.shouldFetch = false;
        cache.stored = "F cached";
        fixture.start();
        fixture.passInterval();
        cache.stored = "F newer";
        fixture.passInterval();

        assertThat(fixture.target.calls()).containsExactly("replace F cached", "confirmed", "replace F newer");
    }

    @Test
    void shouldSendNoTagForWhatCameFromTheCache() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        cache.shouldFetch = false;
        cache.stored = "F2";
        fixture.passInterval();
        cache.shouldFetch = true;
        fixture.passInterval();

        assertThat(fixture.server.count()).isEqualTo(2);
        assertThat(fixture.sentEtag()).isNull();
    }

    @Test
    void shouldKeepWhatIsHeldWhenTheCacheIsEmpty() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        cache.shouldFetch = false;
        cache.stored = null;
        CompletableFuture<Boolean> loaded = fixture.reload();

        assertThat(loaded).isCompletedWithValue(false);
        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.target.calls()).containsExactly("replace F1");
        assertThat(fixture.poller.failedLoads()).isZero();
        assertThat(fixture.reports).isEmpty();
        cache.shouldFetch = true;
        fixture.passInterval();
        assertThat(fixture.sentEtag()).isEqualTo("W/\"1\"");
    }

    @Test
    void shouldFetchAfterAllWhenNothingIsHeldAtAll() {
        cache.shouldFetch = false;
        fixture.start();
        assertThat(fixture.server.count()).isEqualTo(1);
        fixture.answer(null, "F1");

        assertThat(cache.calls).containsExactly("shouldFetch", "load", "store F1");
    }

    @Test
    void shouldFetchAfterAllOnceTheQuotaHasTakenEverything() {
        fixture.start();
        fixture.answer(null, "F1");
        fixture.passInterval();
        fixture.answer(402);
        cache.shouldFetch = false;
        cache.stored = null;
        fixture.passInterval();

        assertThat(fixture.server.count()).isEqualTo(3);
    }

    @Test
    void shouldFetchWhenTheDecisionFails() {
        cache.failing = "shouldFetch";
        fixture.start();

        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("flag definitions cache failed in shouldFetch");
        assertThat(fixture.causes).hasSize(1);
    }

    @Test
    void shouldKeepWhatIsHeldWhenLoadingFailsOrWhatIsLoadedIsBroken() {
        fixture.start();
        fixture.answer("W/\"1\"", "F1");
        cache.shouldFetch = false;
        cache.failing = "load";
        fixture.passInterval();
        cache.failing = "";
        cache.stored = "broken";
        fixture.passInterval();

        assertThat(fixture.target.held()).isEqualTo("F1");
        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.reports)
                .containsExactly(
                        "flag definitions cache failed in load",
                        "flag definitions from the cache are unusable: not a JSON object");
    }

    @Test
    void shouldTakeACacheThatAnswersNullForAFailingOne() {
        cache.shouldFetch = false;
        cache.nullForEmpty = true;
        fixture.start();

        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("flag definitions cache failed in load");
    }

    @Test
    void shouldGoOnWhenStoringFails() {
        cache.failing = "store";
        fixture.start();
        CompletableFuture<Boolean> loaded = fixture.reload();
        fixture.answer(null, "F1");

        assertThat(loaded).isCompletedWithValue(true);
        assertThat(fixture.target.held()).isEqualTo("F1");
        assertThat(fixture.reports).containsExactly("flag definitions cache failed in store");
        fixture.passInterval();
        assertThat(fixture.server.count()).isEqualTo(2);
    }

    @Test
    void shouldFetchWhenTheDecisionTakesTooLong() {
        fixture.poller.start();
        fixture.flagThread.run(); // the cache's thread never comes to it
        fixture.flagThread.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(fixture.server.count()).isZero();
        fixture.flagThread.advance(Duration.ofNanos(1));

        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("flag definitions cache took longer than 10 s in shouldFetch");
        fixture.settle();
        assertThat(cache.calls).as("given up before it began").isEmpty();
    }

    @Test
    void shouldBackOffAsWithoutACache() {
        fixture.start();
        fixture.answer(new FetchAnswer(429, null, 0, null, new byte[0], null, null));

        assertThat(fixture.untilNext()).isEqualTo(Duration.ofSeconds(60));
        assertThat(fixture.reload()).isCompletedWithValue(false);
        assertThat(cache.calls).containsExactly("shouldFetch");
    }

    @Test
    void shouldCloseTheCacheOnceAndCallItNoMore() throws Exception {
        fixture.start();
        fixture.answer(null, "F1");

        fixture.poller.close(0);
        assertThat(fixture.poller.close(1_000)).isTrue();
        fixture.pass(Duration.ofMinutes(5));

        assertThat(cache.calls).containsExactly("shouldFetch", "store F1", "close");
    }

    @Test
    void shouldSayThatClosingTheCacheFailed() throws Exception {
        cache.failing = "close";
        fixture.start();

        assertThat(fixture.poller.close(1_000)).isTrue();
        assertThat(fixture.reports).containsExactly("flag definitions cache failed in close");
    }

    @Test
    void shouldEndInBoundedTimeWhenTheCacheHangsAndGoOnMeanwhile() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Thread> caller = new AtomicReference<>();
        FlagDefinitionsCache stuck = new FakeCache() {
            @Override
            public boolean shouldFetch() {
                caller.set(Thread.currentThread());
                hanging.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return true;
            }
        };
        List<String> reports = new ArrayList<>();
        FlagThread flagThread = new FlagThread(work -> new Thread(work, "penstock-h-flags"), (m, c) -> reports.add(m));
        CacheCalls calls = new CacheCalls(
                stuck, work -> new Thread(work, "penstock-h-flag-cache"), flagThread.executor(), (m, c) -> {});
        flagThread.executor().submit(() -> calls.shouldFetch(yes -> {})).get(10, TimeUnit.SECONDS);
        Await.latch(hanging, "the cache is asked");

        // Deadlines go on: the flag thread is not the one that hangs.
        flagThread.executor().submit(() -> {}).get(10, TimeUnit.SECONDS);
        long startNs = System.nanoTime();
        assertThat(calls.close(0)).isFalse();
        assertThat(calls.close(100)).isFalse();
        assertThat(flagThread.close(1_000)).isTrue();

        assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(5));
        Await.latch(interrupted, "the hanging call is interrupted");
        Await.end(caller.get());
        assertThat(reports).isEmpty();
    }

    /** In memory, and failing where it is told to. */
    private static class FakeCache implements FlagDefinitionsCache {

        final List<String> calls = new ArrayList<>();
        boolean shouldFetch = true;
        boolean nullForEmpty;
        String stored;
        String failing = "";

        @Override
        public boolean shouldFetch() {
            calls.add("shouldFetch");
            failIf("shouldFetch");
            return shouldFetch;
        }

        @Override
        @SuppressWarnings("OptionalAssignedToNull") // as a careless implementation does
        public Optional<byte[]> load() {
            calls.add("load");
            failIf("load");
            return nullForEmpty ? null : Optional.ofNullable(stored).map(text -> text.getBytes(UTF_8));
        }

        @Override
        public void store(byte[] definitions) {
            calls.add("store " + new String(definitions, UTF_8));
            failIf("store");
        }

        @Override
        public void close() {
            calls.add("close");
            failIf("close");
        }

        private void failIf(String call) {
            if (failing.equals(call)) {
                throw new IllegalStateException("cache down");
            }
        }
    }
}
