package dev.penstock.engine.stats;

import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The one funnel for trouble: the first of a kind is said, repetitions are counted and said once an interval.
 *
 * <p>Whoever meets trouble only notes it, which is cheap and calls nobody; the pipeline says it from its own thread. So a
 * logger that blocks never blocks a caller.
 *
 * <p><b>Threads:</b> any; {@link #report} takes a lock that is held for as long as the logger takes, and {@link #tryReport}
 * does not wait for it. Remembers at most 256 kinds, the rest count as one kind.
 */
public final class DistinctErrors {

    private static final int MAX_KINDS = 256;

    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private final Supplier<System.Logger> logger;
    private final String prefix;
    private final long intervalNs;
    private final BiConsumer<String, Throwable> listener;
    private final ReentrantLock saying = new ReentrantLock();
    private volatile System.Logger found;
    private volatile boolean noted;
    private volatile boolean debug;

    /**
     * Makes a funnel.
     *
     * @param logger where it is said; asked for once, before the first message or by {@link #prepare()}
     * @param clientName named in every line
     * @param intervalNs how long repetitions are only counted
     * @param listener told what is said at warning or above, or null
     */
    public DistinctErrors(
            Supplier<System.Logger> logger,
            String clientName,
            long intervalNs,
            BiConsumer<String, Throwable> listener) {
        this.logger = logger;
        this.prefix = "penstock [" + clientName + "]: ";
        this.intervalNs = intervalNs;
        this.listener = listener;
    }

    /** Finds the logger, which may load the application's logging, before somebody in a hurry needs it. */
    public void prepare() {
        try {
            logger();
        } catch (RuntimeException | Error e) {
            // As below: it is asked for again with the first message.
        }
    }

    /** Held on to, because the platform may forget a logger, and what was set on it, that nobody holds. */
    private System.Logger logger() {
        if (found == null) {
            found = logger.get(); // whoever asks twice gets the same
        }
        return found;
    }

    /**
     * Notes a warning.
     *
     * @param kind what counts as the same trouble
     * @param message what, where and what to do
     * @param cause the exception, or null
     */
    public void warn(String kind, String message, Throwable cause) {
        note(Level.WARNING, kind, 1, message, cause);
    }

    /**
     * Notes trouble.
     *
     * @param level how loud
     * @param kind what counts as the same trouble
     * @param times how often it happened
     * @param message what, where and what to do
     * @param cause the exception, or null
     */
    public void note(Level level, String kind, long times, String message, Throwable cause) {
        note(new Noted(level, true), kind, times, message, cause);
    }

    /**
     * Notes what callers were told already, by the answers to their calls: it is logged, but not told to the listener.
     *
     * @param level how loud
     * @param kind what counts as the same
     * @param times how often it happened
     * @param message what happened
     */
    public void noteAnswered(Level level, String kind, long times, String message) {
        note(new Noted(level, false), kind, times, message, null);
    }

    /**
     * Switches debug messages on or off.
     *
     * @param enabled whether to say them
     */
    public void setDebug(boolean enabled) {
        debug = enabled;
    }

    /**
     * Whether debug messages are said.
     *
     * @return true if they are on
     */
    public boolean isDebug() {
        return debug;
    }

    /**
     * Says a debug message at once, if they are on; only for threads of the engine.
     *
     * @param message what happened, without an event's content
     */
    public void debug(String message) {
        if (debug) {
            try {
                logger().log(Level.INFO, prefix + message);
            } catch (RuntimeException | Error e) {
                // As below: a logger that throws must not stop the pipeline.
            }
        }
    }

    private void note(Noted how, String kind, long times, String message, Throwable cause) {
        Kind known = kinds.get(kind);
        if (known == null) {
            String bounded = kinds.size() < MAX_KINDS ? kind : "other " + how;
            known = kinds.computeIfAbsent(bounded, k -> new Kind(how));
        }
        known.message = message;
        known.cause = cause;
        known.times.add(times);
        noted = true;
    }

    /**
     * Says what is due.
     *
     * @param nowNs the monotonic time
     */
    public void report(long nowNs) {
        saying.lock();
        try {
            sayDue(nowNs);
        } finally {
            saying.unlock();
        }
    }

    /**
     * Says what is due, unless somebody else is just saying something; then it stays due.
     *
     * @param nowNs the monotonic time
     */
    public void tryReport(long nowNs) {
        if (saying.tryLock()) {
            try {
                sayDue(nowNs);
            } finally {
                saying.unlock();
            }
        }
    }

    private void sayDue(long nowNs) {
        if (!noted) {
            return;
        }
        noted = false;
        for (Kind kind : kinds.values()) {
            long times = kind.times.sum();
            if (times == kind.saidTimes) {
                continue;
            }
            if (kind.saidTimes != 0 && nowNs - kind.saidNs < intervalNs) {
                noted = true; // due later
                continue;
            }
            say(kind, times);
            kind.saidTimes = times;
            kind.saidNs = nowNs;
        }
    }

    private void say(Kind kind, long times) {
        long since = times - kind.saidTimes;
        String line = prefix + kind.message + (since > 1 ? " (" + since + " times)" : "");
        try {
            // One line for an operator; the stack trace is for whoever has asked for details.
            System.Logger log = logger();
            log.log(kind.how.level(), line, log.isLoggable(Level.DEBUG) ? kind.cause : null);
        } catch (RuntimeException | Error e) {
            // A logger that throws must not stop the pipeline; the listener below is still told.
        }
        if (listener != null && kind.how.forListener() && kind.how.level().compareTo(Level.WARNING) >= 0) {
            listener.accept(line, kind.cause);
        }
    }

    private record Noted(Level level, boolean forListener) {}

    private static final class Kind {
        private final Noted how;
        private final LongAdder times = new LongAdder();
        private volatile String message;
        private volatile Throwable cause;
        private long saidTimes;
        private long saidNs;

        Kind(Noted how) {
            this.how = how;
        }
    }
}
