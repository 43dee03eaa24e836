package dev.penstock.engine.pipeline;

/**
 * Decides whether and when a failed batch is tried again.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class RetryPlanner {

    private final RetryLimits limits;
    private final RetryDelays delays;

    RetryPlanner(RetryLimits limits, RetryDelays delays) {
        this.limits = limits;
        this.delays = delays;
    }

    /**
     * What comes after a try that failed.
     *
     * @param batch what was tried; keeps the reason and counts the retry
     * @param reason why it failed
     * @param retryAfterMs what the server asked for, or 0
     * @param isAway whether the server counts as away: it is not this batch's fault then, and no retry counts
     * @param nowNs the time
     * @return after how long it is tried again, or why it is not
     */
    NextTry next(Batch batch, String reason, long retryAfterMs, boolean isAway, long nowNs) {
        batch.setLastFailure(reason);
        boolean counts = !isAway && (limits.countsRetryAfter() || retryAfterMs <= 0);
        if (counts && batch.countedRetries() >= limits.maxRetries()) {
            return NextTry.none(limits.maxRetries() + " retries used up, last: " + reason);
        }
        long delayNs = delays.delayNs(batch.tries(), batch.countedRetries() + 1, retryAfterMs);
        if (limits.isPastDeadline(batch.budget().elapsedNs(nowNs) + delayNs)) {
            return NextTry.none(deadlineUsedUp(batch));
        }
        if (counts) {
            batch.countRetry();
        } else {
            batch.budget().giveBack();
        }
        return NextTry.after(delayNs);
    }

    /**
     * What keeps a batch that is ready from being sent, now that its turn has come: it may have waited long for that.
     *
     * @return why, or null if it may be sent
     */
    String tooLate(Batch batch, long nowNs) {
        return limits.isPastDeadline(batch.budget().elapsedNs(nowNs)) ? deadlineUsedUp(batch) : null;
    }

    private String deadlineUsedUp(Batch batch) {
        return "deadline of " + limits.shownDeadline() + " used up, last: " + batch.lastFailure();
    }
}
