package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import java.lang.System.Logger.Level;

/**
 * Answers what is not accepted: counts it and says why, once an interval.
 *
 * <p><b>Threads:</b> one.
 */
final class Refusals {

    private final ResultCounters counters;
    private final DistinctErrors errors;
    private final Runnable onClosed;
    private final int maxEventBytes;
    private final int stripe;

    Refusals(CaptureContext context, int stripe) {
        this.counters = context.counters();
        this.errors = context.errors();
        this.onClosed = context.onClosed();
        this.maxEventBytes = context.maxEventBytes();
        this.stripe = stripe;
    }

    /** Counts an answer other than accepted. */
    CaptureResult refuse(CaptureResult answer) {
        counters.count(answer, stripe);
        return answer;
    }

    /** The client accepts nothing. */
    CaptureResult closedOrDisabled(CaptureResult answer) {
        if (answer == CaptureResult.CLOSED) {
            onClosed.run();
        }
        return refuse(answer);
    }

    /** Something is missing or wrong. */
    CaptureResult invalid(String problem) {
        errors.noteAnswered(Level.WARNING, problem, 1, problem);
        return refuse(CaptureResult.INVALID);
    }

    /** The record cannot be within the limit. */
    CaptureResult tooLarge(String what) {
        errors.noteAnswered(
                Level.WARNING,
                "TOO_LARGE " + maxEventBytes,
                1,
                what + " is over the limit of " + maxEventBytes + " bytes and was answered TOO_LARGE");
        return refuse(CaptureResult.TOO_LARGE);
    }
}
