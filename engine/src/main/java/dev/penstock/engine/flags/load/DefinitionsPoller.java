package dev.penstock.engine.flags.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Keeps definitions up to date: loads them at intervals, one load at a time, backs off when the server turns us away, and
 * keeps what is held through every failure but the one that means that there are none.
 *
 * <p><b>Threads:</b> the public methods any; everything else happens on the flag thread.
 */
public final class DefinitionsPoller {

    /** How many requests are open at most. */
    public static final int MAX_OPEN = 1;

    private final PollSettings settings;
    private final BootstrapDefinitions bootstrap;
    private final CacheCalls cache;
    private final PollSchedule schedule;
    private final PollClocks clocks;
    private final ScheduledExecutorService flagThread;
    private final BiConsumer<String, Throwable> trouble;
    private final Readiness readiness = new Readiness();
    private final HeldDefinitions held;
    private final DefinitionsLoader loader;
    private final LongAdder loads = new LongAdder();
    private final LongAdder failedLoads = new LongAdder();
    private final Set<Reload> reloads = ConcurrentHashMap.newKeySet();
    private volatile boolean started;
    private volatile boolean closed;

    private Load current;
    private Future<?> next;
    private boolean backingOff;
    private long backoffEndNs;

    /**
     * Makes a poller that does nothing yet.
     *
     * @param settings how to poll
     * @param sources where definitions come from
     * @param target where they go
     * @param flagThread where it happens
     * @param clocks time and chance
     * @param trouble told in a sentence what went wrong, with the exception or null
     */
    public DefinitionsPoller(
            PollSettings settings,
            DefinitionsSources sources,
            DefinitionsTarget target,
            ScheduledExecutorService flagThread,
            PollClocks clocks,
            BiConsumer<String, Throwable> trouble) {
        this.settings = settings;
        this.bootstrap = sources.bootstrap();
        this.cache = sources.cache();
        this.schedule = new PollSchedule(settings.interval(), clocks.random());
        this.clocks = clocks;
        this.flagThread = flagThread;
        this.trouble = trouble;
        this.held = new HeldDefinitions(target, readiness, trouble);
        this.loader = new DefinitionsLoader(settings, sources, held, flagThread, clocks.wall(), trouble, this::ended);
    }

    /** Takes what there is to start with, on the calling thread, and begins to poll if there is a secret key. */
    public void start() {
        readBootstrap();
        started = true;
        if (settings.isPolling()) {
            onFlagThread(this::due);
        }
    }

    /**
     * Loads now. Joins a load that is under way; without a secret key, reads again what this has started with.
     *
     * @return completed on the flag thread, never exceptionally: true once definitions were loaded or found to be up to
     *     date; false if that failed, if the server has just turned us away, if there is nowhere to load from, and before
     *     the start and after closing
     */
    public CompletableFuture<Boolean> reload() {
        Reload reload = new Reload(reloads);
        if (!started || !onFlagThread(() -> reload(reload)) || closed) {
            reload.end(false);
        }
        return reload.result();
    }

    /**
     * Whether there are flags to evaluate.
     *
     * @return true if definitions with at least one flag are held
     */
    public boolean isReady() {
        return readiness.isReady();
    }

    /**
     * Waits until there are flags to evaluate.
     *
     * @param atMost how long to wait
     * @return whether there are; waits no longer once this is closed
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return readiness.await(atMost);
    }

    /**
     * How often definitions were asked for.
     *
     * @return a count
     */
    public long loads() {
        return loads.sum();
    }

    /**
     * How many of these loads failed.
     *
     * @return a count
     */
    public long failedLoads() {
        return failedLoads.sum();
    }

    /**
     * Stops polling: once this returns, no request begins any more. To be followed by the flag thread's end. May be called
     * again to wait.
     *
     * @param timeoutMs how long to wait for the application's cache, if there is one; a call of it that has not ended then
     *     is interrupted, unless this is zero
     * @return whether that has ended
     * @throws InterruptedException if the caller was interrupted while it waited
     */
    public boolean close(long timeoutMs) throws InterruptedException {
        closed = true;
        loader.close();
        readiness.close();
        reloads.forEach(reload -> reload.end(false));
        return cache == null || cache.close(timeoutMs);
    }

    private boolean onFlagThread(Runnable task) {
        try {
            flagThread.execute(task);
            return true;
        } catch (RuntimeException | Error e) {
            trouble.accept("flag definitions not loaded: there is no thread to do it", e);
            return false;
        }
    }

    private boolean readBootstrap() {
        if (bootstrap == null) {
            return false;
        }
        try {
            byte[] body = bootstrap.read(settings.maxBytes());
            return held.replace(body, null, clocks.wall().millis(), bootstrap.toString());
        } catch (IOException | RuntimeException | Error e) {
            trouble.accept("flag definitions from " + bootstrap + " cannot be read: " + e, e);
            return false;
        }
    }

    private void reload(Reload reload) {
        if (closed || !settings.isPolling()) {
            reload.end(!closed && readBootstrap());
            return;
        }
        if (current == null && !isBackingOff()) {
            refresh(reload);
        } else if (current != null) {
            current.join(reload);
        } else {
            reload.end(false);
        }
    }

    private boolean isBackingOff() {
        return backingOff && clocks.monotonic().nanoTime() - backoffEndNs < 0;
    }

    private void due() {
        next = null;
        refresh(null);
    }

    /** {@code reload} waits for the end of it, or is null. */
    private void refresh(Reload reload) {
        if (closed || current != null) {
            return;
        }
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        current = new Load();
        if (reload != null) {
            current.join(reload);
        }
        loads.increment();
        loader.begin(current);
    }

    private void ended(Load load, LoadEnd end) {
        current = null;
        backingOff = end.kind() == LoadEnd.Kind.REFUSED;
        if (end.kind() == LoadEnd.Kind.FROM_SERVER) {
            schedule.reset();
        }
        if (end.isFailed()) {
            failedLoads.increment();
        }
        long delayNs = backingOff ? schedule.afterRefusalNs(end.retryAfterMs()) : schedule.nextNs();
        backoffEndNs = clocks.monotonic().nanoTime() + delayNs;
        load.end(end.isLoaded());
        if (!closed) {
            next = flagThread.schedule(this::due, delayNs, TimeUnit.NANOSECONDS);
        }
    }
}
