package dev.penstock.engine.watchdog;

import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.watchdog.StallDetector.Finding;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks once a second whether every part of an engine gets on with its work. What does not is said once, counted and,
 * where possible, helped; when it goes on, that is said too.
 *
 * <p>It says things itself: the pipeline, which usually does, may be what stands still. First it counts and helps,
 * because the logger may be what holds the others up, and would hold up the watchdog as well.
 *
 * <p><b>Threads:</b> one of its own between {@link #start} and {@link #close}; both from any. <b>Allocation:</b> a few
 * small objects a second.
 */
public final class Watchdog {

    private static final long INTERVAL_NS = Duration.ofSeconds(1).toNanos();

    /** A look that comes later than this was held up along with everybody else. */
    private static final long MAX_STEP_NS = 2 * INTERVAL_NS;

    private final Supplier<List<Watched>> parts;
    private final long timeoutNs;
    private final DistinctErrors errors;
    private final WatchdogCounters counters = new WatchdogCounters();
    private final IdentityHashMap<Watched, StallDetector> detectors = new IdentityHashMap<>();
    private volatile Thread thread;
    private volatile boolean closed;
    private boolean said;

    /**
     * Makes a watchdog, which does nothing before its start.
     *
     * @param parts asked at every look, for parts that come later; always gives the same objects for the same parts
     * @param stallTimeout how long a part may stand still with work to do; seen up to a second later
     * @param errors where it says what it finds
     */
    public Watchdog(Supplier<List<Watched>> parts, Duration stallTimeout, DistinctErrors errors) {
        this.parts = parts;
        this.timeoutNs = stallTimeout.toNanos();
        this.errors = errors;
    }

    /**
     * Starts the thread.
     *
     * @param threads makes it
     */
    public void start(ThreadFactory threads) {
        Thread made = threads.newThread(this::run);
        thread = made;
        made.start();
    }

    /**
     * Ends the thread. Does nothing if it was never started.
     *
     * @param timeoutMs how long to wait for its end
     * @return true if it has ended; false also on the thread itself, which ends with its look
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean close(long timeoutMs) throws InterruptedException {
        closed = true;
        Thread current = thread;
        if (current == null) {
            return true;
        }
        LockSupport.unpark(current);
        if (Thread.currentThread() == current) {
            return false;
        }
        current.join(Math.max(1, timeoutMs));
        return !current.isAlive();
    }

    /**
     * What it has counted.
     *
     * @return the counters
     */
    public WatchdogCounters counters() {
        return counters;
    }

    private void run() {
        long dueNs = System.nanoTime() + INTERVAL_NS;
        while (!closed) {
            long leftNs = dueNs - System.nanoTime();
            if (leftNs > 0) {
                LockSupport.parkNanos(this, leftNs);
                Thread.interrupted(); // not for the watchdog; kept, it would never park again
            } else {
                long now = System.nanoTime();
                dueNs = now + INTERVAL_NS;
                look(now);
            }
        }
    }

    /** Looks at every part once; never throws. */
    void look(long nowNs) {
        said = false;
        try {
            for (Watched watched : parts.get()) {
                lookAt(watched, nowNs);
            }
            if (said || detectors.values().stream().anyMatch(StallDetector::isStalled)) {
                errors.tryReport(nowNs); // a pipeline may stand in the logger
            }
        } catch (Throwable e) {
            // Only memory ends here, and saying so would need some: the next look is in a second.
        }
    }

    private void lookAt(Watched watched, long nowNs) {
        try {
            if (watched.hasDied()) {
                revive(watched);
            }
            StallDetector detector = detectors.computeIfAbsent(
                    watched, added -> new StallDetector(timeoutNs + added.patienceNs(), MAX_STEP_NS));
            Finding finding = detector.look(nowNs, watched.progress(), watched.hasWork());
            if (finding == Finding.STALL) {
                onStall(watched, detector.stoodNs());
            } else if (finding == Finding.GOES_ON) {
                said = true;
                errors.note(
                        System.Logger.Level.INFO,
                        watched.name() + " goes on",
                        1,
                        "thread " + watched.name() + " goes on after " + seconds(detector.stoodNs()),
                        null);
            }
        } catch (Throwable e) {
            warn("watchdog failed", "the watchdog could not look at thread " + watched.name() + ": " + e, e);
        }
    }

    private void revive(Watched watched) {
        Throwable failure = null;
        boolean revived = false;
        try {
            revived = watched.recover() || !watched.hasDied(); // a close may have been first
        } catch (Throwable e) {
            failure = e;
        }
        String name = watched.name();
        if (revived) {
            warn(
                    name + " ended",
                    "thread " + name + " had ended and was started again: "
                            + watched.part().ended(),
                    null);
        } else {
            warn(
                    name + " not revived",
                    "thread " + name + " has ended and could not be started again"
                            + (failure == null ? "" : " (" + failure + ")") + ", which is tried every second",
                    failure);
        }
    }

    private void onStall(Watched watched, long stoodNs) {
        counters.stalled(watched.part());
        Standstill standstill = Standstill.of(watched.thread());
        Throwable failure = null;
        boolean replaced = false;
        try {
            replaced = watched.recover();
        } catch (Throwable e) {
            failure = e;
        }
        String name = watched.name();
        warn(
                name + " stands still",
                "thread " + name + " has stood still for " + seconds(stoodNs) + standstill.where()
                        + " with work waiting: " + help(replaced, failure)
                        + watched.part().standing(),
                standstill.asCause());
    }

    private static String help(boolean replaced, Throwable failure) {
        if (failure != null) {
            return "it could not be replaced (" + failure + "); ";
        }
        return replaced ? "it was replaced; " : "";
    }

    private void warn(String kind, String message, Throwable cause) {
        said = true;
        errors.warn(kind, message, cause);
    }

    private static String seconds(long ns) {
        return TimeUnit.NANOSECONDS.toSeconds(ns) + " s";
    }
}
