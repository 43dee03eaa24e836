package dev.penstock.engine.logs;

import dev.penstock.engine.stats.DistinctErrors;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Admits so many records in a window and no more until the next one, which begins with the first record after its end. A record that
 * is admitted has used its place, also if the ring is then full and refuses it.
 *
 * <p>A wall clock that is set back begins a new window: otherwise it might be hours until this one is over.
 *
 * <p><b>Threads:</b> any; lock-free. A record that meets the end of a window may be counted in the old one.
 */
final class RateCap {

    private record Window(long startMillis, AtomicLong records) {

        Window(long startMillis) {
            this(startMillis, new AtomicLong());
        }
    }

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private final long maxLogs;
    private final long windowMillis;
    private final DistinctErrors errors;

    /** Null before the first record. */
    private final AtomicReference<Window> current = new AtomicReference<>();

    RateCap(int maxLogs, Duration window, DistinctErrors errors) {
        this.maxLogs = maxLogs;
        this.windowMillis = window.isNegative() ? 0 : (window.compareTo(LONGEST) < 0 ? window : LONGEST).toMillis();
        this.errors = errors;
    }

    /** Whether a record may pass, at this time of the wall clock. */
    boolean admits(long nowMillis) {
        if (maxLogs <= 0 || windowMillis <= 0) {
            return true;
        }
        long number = windowAt(nowMillis).records().incrementAndGet();
        if (number == maxLogs + 1) {
            errors.noteAnswered(
                    System.Logger.Level.WARNING,
                    "logs capped",
                    1,
                    "more than " + maxLogs + " logs within " + windowMillis
                            + " ms; the rest of them is answered SAMPLED until the window is over");
        }
        return number <= maxLogs;
    }

    private Window windowAt(long nowMillis) {
        Window window = current.get();
        if (window != null && isIn(window, nowMillis)) {
            return window;
        }
        Window next = new Window(nowMillis);
        return current.compareAndSet(window, next) ? next : current.get();
    }

    private boolean isIn(Window window, long nowMillis) {
        return nowMillis >= window.startMillis() && nowMillis - window.startMillis() < windowMillis;
    }
}
