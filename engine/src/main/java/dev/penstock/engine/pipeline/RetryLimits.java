package dev.penstock.engine.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * What bounds the retries of a batch.
 *
 * @param maxRetries how many retries that count it has
 * @param deadlineNs how long after its first try, or that of the batch it was split from, another may begin at the latest
 * @param countsRetryAfter whether a retry counts that comes after a wait the server asked for
 */
record RetryLimits(int maxRetries, long deadlineNs, boolean countsRetryAfter) {

    static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Whether a try that comes so long after the first one comes too late. */
    boolean isPastDeadline(long sinceFirstNs) {
        return deadlineNs != NO_DEADLINE && sinceFirstNs >= deadlineNs;
    }

    /** The deadline in the largest unit that says it exactly. */
    String shownDeadline() {
        if (isWhole(TimeUnit.HOURS)) {
            return shown(TimeUnit.HOURS, "h");
        }
        if (isWhole(TimeUnit.MINUTES)) {
            return shown(TimeUnit.MINUTES, "min");
        }
        if (isWhole(TimeUnit.SECONDS)) {
            return shown(TimeUnit.SECONDS, "s");
        }
        return isWhole(TimeUnit.MILLISECONDS) ? shown(TimeUnit.MILLISECONDS, "ms") : shown(TimeUnit.NANOSECONDS, "ns");
    }

    private boolean isWhole(TimeUnit unit) {
        return deadlineNs % unit.toNanos(1) == 0;
    }

    private String shown(TimeUnit unit, String name) {
        return deadlineNs / unit.toNanos(1) + " " + name;
    }
}
