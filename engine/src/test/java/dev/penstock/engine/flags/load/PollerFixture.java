package dev.penstock.engine.flags.load;

import dev.penstock.client.flags.FlagDefinitionsCache;
import dev.penstock.engine.testing.ManualExecutor;
import dev.penstock.engine.testing.ScriptedFetcher;
import dev.penstock.engine.transport.FetchAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A poller whose time, server and cache are in the test's hands. */
final class PollerFixture {

    static final String PROJECT_KEY = "phc_project 1";
    static final String SECRET_KEY = "phs_very_secret";

    final ManualExecutor flagThread = new ManualExecutor();
    final ManualExecutor cacheThread = new ManualExecutor(flagThread.clock());
    final ScriptedFetcher server = new ScriptedFetcher();
    final RecordingTarget target = new RecordingTarget();
    final List<String> reports = new CopyOnWriteArrayList<>();
    final List<Throwable> causes = new CopyOnWriteArrayList<>();
    final DefinitionsPoller poller;

    PollerFixture() {
        this(SECRET_KEY, null, null);
    }

    PollerFixture(FlagDefinitionsCache cache) {
        this(SECRET_KEY, null, cache);
    }

    PollerFixture(String secretKey, BootstrapDefinitions bootstrap, FlagDefinitionsCache cache) {
        PollSettings settings = new PollSettings(
                PROJECT_KEY, secretKey, PollSettings.DEFAULT_INTERVAL, PollSettings.DEFAULT_TIMEOUT, 1_000);
        CacheCalls calls = cache == null ? null : new CacheCalls(cache, cacheThread, flagThread, this::report);
        poller = new DefinitionsPoller(
                settings,
                new DefinitionsSources(server, bootstrap, calls),
                target,
                flagThread,
                new PollClocks(flagThread.clock(), flagThread.clock(), new Steady()),
                this::report);
    }

    private void report(String message, Throwable cause) {
        reports.add(message);
        if (cause != null) {
            causes.add(cause);
        }
    }

    /** Starts, and runs until the first request is made or the cache has its say. */
    PollerFixture start() {
        poller.start();
        settle();
        return this;
    }

    /** Runs whatever is due now. */
    void settle() {
        for (int i = 0; i < 10; i++) {
            flagThread.run();
            cacheThread.run();
        }
    }

    void pass(Duration time) {
        flagThread.advance(time);
        settle();
    }

    /** The interval passes, and the next load begins. */
    void passInterval() {
        pass(PollSettings.DEFAULT_INTERVAL);
    }

    void answer(int status) {
        server.last().answer(status);
        settle();
    }

    void answer(String etag, String body) {
        server.last().answer(etag, body);
        settle();
    }

    void answer(FetchAnswer answer) {
        server.last().answer(answer);
        settle();
    }

    CompletableFuture<Boolean> reload() {
        CompletableFuture<Boolean> loaded = poller.reload();
        settle();
        return loaded;
    }

    /** The tag the latest request was made with, or null. */
    String sentEtag() {
        return server.last().request().headers().get("If-None-Match");
    }

    /** When the next load begins. */
    Duration untilNext() {
        return flagThread.delays().get(0);
    }

    /** No jitter. */
    private static final class Steady implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    }
}
