package dev.penstock.engine.logs;

import dev.penstock.client.logs.LogRecord;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs the application's hooks over a record, each on the result of the one before.
 *
 * <p>A hook that throws is passed over. One that logs through the same client would be called for its own record without
 * end: what is logged within a hook is dropped.
 *
 * <p><b>Threads:</b> any.
 */
final class LogHooks {

    private final List<UnaryOperator<LogRecord>> hooks;
    private final DistinctErrors errors;
    private final ThreadLocal<Boolean> running = new ThreadLocal<>();

    LogHooks(List<UnaryOperator<LogRecord>> hooks, DistinctErrors errors) {
        this.hooks = hooks;
        this.errors = errors;
    }

    /** What the hooks have made of a record; null if it is dropped. */
    LogRecord apply(LogRecord record) {
        if (hooks.isEmpty()) {
            return record;
        }
        if (running.get() != null) {
            return null;
        }
        running.set(true);
        try {
            return applyAll(record);
        } finally {
            running.remove();
        }
    }

    private LogRecord applyAll(LogRecord record) {
        LogRecord seen = record;
        for (UnaryOperator<LogRecord> hook : hooks) {
            seen = applyOne(hook, seen);
            if (seen == null) {
                return null;
            }
        }
        return seen.body().isBlank() ? null : seen;
    }

    private LogRecord applyOne(UnaryOperator<LogRecord> hook, LogRecord record) {
        try {
            return hook.apply(record);
        } catch (Throwable e) {
            errors.warn(
                    "log hook threw " + e.getClass().getName(),
                    "a before-send hook for logs threw " + e.getClass().getName()
                            + " and was passed over; the record goes on without it",
                    e);
            return record;
        }
    }
}
