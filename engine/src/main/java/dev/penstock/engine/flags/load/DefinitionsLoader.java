package dev.penstock.engine.flags.load;

import dev.penstock.engine.transport.FetchAnswer;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Takes a load from its beginning to its end: asks the cache whether to ask the server, asks the server or loads from the
 * cache, and does what the answer's status says.
 *
 * <p>Whatever comes of a load that is over, a late answer above all, is of no interest.
 *
 * <p><b>Threads:</b> the flag thread; {@link #close()} any.
 */
final class DefinitionsLoader {

    /** Told the end of each load, once. */
    @FunctionalInterface
    interface Listener {
        void ended(Load load, LoadEnd end);
    }

    private static final LoadEnd FROM_SERVER = LoadEnd.of(LoadEnd.Kind.FROM_SERVER);
    private static final LoadEnd FAILED = LoadEnd.of(LoadEnd.Kind.FAILED);

    private final PollSettings settings;
    private final DefinitionsSources sources;
    private final DefinitionsRequest request;
    private final HeldDefinitions held;
    private final ScheduledExecutorService flagThread;
    private final InstantSource wallClock;
    private final BiConsumer<String, Throwable> trouble;
    private final Listener listener;

    /** Guards what follows: between asking whether this is closed and having made a request, nobody closes it. */
    private final Object lock = new Object();

    private Load requested;
    private boolean closed;

    DefinitionsLoader(
            PollSettings settings,
            DefinitionsSources sources,
            HeldDefinitions held,
            ScheduledExecutorService flagThread,
            InstantSource wallClock,
            BiConsumer<String, Throwable> trouble,
            Listener listener) {
        this.settings = settings;
        this.sources = sources;
        this.request = new DefinitionsRequest(settings);
        this.held = held;
        this.flagThread = flagThread;
        this.wallClock = wallClock;
        this.trouble = trouble;
        this.listener = listener;
    }

    void begin(Load load) {
        CacheCalls cache = sources.cache();
        if (cache == null) {
            step(load, () -> fetch(load));
        } else {
            step(load, () -> cache.shouldFetch(yes -> step(load, () -> decided(load, yes))));
        }
    }

    /** From here on no request is made; one that is open is given up. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (requested != null) {
                requested.cancel();
            }
        }
    }

    /** Whatever a step throws ends the load and not the polling. */
    private void step(Load load, Runnable step) {
        if (load.isOver()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(load, e.toString(), e);
        }
    }

    private void decided(Load load, boolean shouldFetch) {
        if (shouldFetch) {
            fetch(load);
        } else {
            sources.cache().load(body -> step(load, () -> loaded(load, body)));
        }
    }

    private void loaded(Load load, byte[] body) {
        boolean usable = body != null && body.length <= settings.maxBytes();
        if (body != null && !usable) {
            trouble.accept(
                    "flag definitions of the cache are not used: longer than " + settings.maxBytes() + " bytes", null);
        }
        if (usable && held.replaceFromCache(body, wallClock.millis())) {
            listener.ended(load, LoadEnd.of(LoadEnd.Kind.FROM_CACHE));
        } else if (held.isEmpty()) {
            fetch(load);
        } else {
            listener.ended(load, LoadEnd.of(LoadEnd.Kind.KEPT));
        }
    }

    private void fetch(Load load) {
        String etag = held.etag();
        synchronized (lock) {
            if (closed) {
                return;
            }
            requested = load;
            load.sent(
                    etag,
                    sources.fetcher()
                            .fetch(
                                    request.after(etag),
                                    answer -> flagThread.execute(() -> step(load, () -> answered(load, answer)))),
                    flagThread.schedule(
                            () -> step(load, () -> late(load)),
                            settings.timeout().toNanos(),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void late(Load load) {
        load.cancel();
        fail(load, "no whole answer within " + settings.timeout().toMillis() + " ms", null);
    }

    private void answered(Load load, FetchAnswer answer) {
        if (answer.failure() != null) {
            fail(load, answer.reason(), null);
            return;
        }
        switch (answer.status()) {
            case 200 -> received(load, answer);
            case 304 -> unchanged(load, answer);
            case 401 -> refuse(load, "the secret key is not valid (status 401)", 0);
            case 402 -> exhausted(load);
            case 403 -> refuse(load, "the secret key may not read them (status 403)", 0);
            case 429 -> refuse(load, "too many requests (status 429)", answer.retryAfterMs());
            default -> fail(load, "status " + answer.status(), null);
        }
    }

    private void received(Load load, FetchAnswer answer) {
        if (!held.replace(answer.body(), answer.etag(), wallClock.millis(), "the server")) {
            listener.ended(load, FAILED);
            return;
        }
        if (sources.cache() != null) {
            sources.cache().store(answer.body());
        }
        listener.ended(load, FROM_SERVER);
    }

    private void unchanged(Load load, FetchAnswer answer) {
        if (load.sentEtag() == null || !load.sentEtag().equals(held.etag())) {
            fail(load, "status 304 that nobody asked for", null);
            return;
        }
        held.confirm(answer.etag());
        listener.ended(load, FROM_SERVER);
    }

    private void exhausted(Load load) {
        held.drop();
        trouble.accept("flag definitions dropped: the project's quota of flag requests is used up (status 402)", null);
        listener.ended(load, FAILED);
    }

    private void refuse(Load load, String why, long retryAfterMs) {
        report(why, null);
        listener.ended(load, new LoadEnd(LoadEnd.Kind.REFUSED, retryAfterMs));
    }

    private void fail(Load load, String why, Throwable cause) {
        report(why, cause);
        listener.ended(load, FAILED);
    }

    private void report(String why, Throwable cause) {
        trouble.accept("flag definitions not loaded: " + why, cause);
    }
}
