package dev.penstock.engine.pipeline;

import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.stats.DistinctErrors;
import java.lang.System.Logger.Level;

/**
 * What an operator is told of delivery, once an interval for each kind. No message has anything of an event's content.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class DeliveryMessages {

    private final DistinctErrors errors;

    DeliveryMessages(DistinctErrors errors) {
        this.errors = errors;
    }

    void sending(Batch batch) {
        if (errors.isDebug()) {
            errors.debug("sending " + batch.events() + " to "
                    + batch.cutter().protocol().name() + ", try " + batch.tries() + ", "
                    + batch.body().length() + " bytes");
        }
    }

    void answered(Batch batch, String reason) {
        if (errors.isDebug()) {
            errors.debug("answered " + batch.events() + " of "
                    + batch.cutter().protocol().name() + ": " + reason);
        }
    }

    void abandoned(Throwable cause) {
        errors.warn(
                "batch abandoned",
                "a batch could not be handled; its events are discarded, unless they are on disk: "
                        + ShownText.of(cause),
                cause);
    }

    void notTold(Throwable cause) {
        errors.warn(
                "outcomes not told",
                "outcomes could not be told, though they are counted: " + ShownText.of(cause),
                cause);
    }

    void notStarted(Throwable cause) {
        errors.warn("transport failed", "a request could not be started: " + ShownText.of(cause), cause);
    }

    void notCancelled(Throwable cause) {
        errors.warn("transport failed", "a request could not be cancelled: " + ShownText.of(cause), cause);
    }

    void refused(int status, int events) {
        String message = status == 401
                ? "the server answered 401: the key is wrong or belongs to another host; check the key and the host"
                : "the server refused a batch for good with status " + status;
        errors.note(Level.WARNING, "refused with status " + status, events, message, null);
    }

    void singleRefused(String reason) {
        errors.note(
                Level.WARNING,
                "single event refused: " + reason,
                1,
                "the server refused a single event with " + reason,
                null);
    }

    void dropped(JudgedEvents judged) {
        errors.note(
                Level.WARNING,
                "dropped by the server",
                judged.dropped(),
                "the server dropped events for good, last: " + judged.dropReason(),
                null);
    }

    void unreadable(int events, Throwable cause) {
        errors.note(
                Level.WARNING,
                "verdicts not readable",
                events,
                "the server took events, but what it says of each could not be read, so they count as delivered",
                cause);
    }

    void retrying(String reason) {
        errors.warn("retry", "a request failed and will be tried again: " + reason, null);
    }

    /** A policy of the user's gave no delay; the cause is null if it did not throw either. */
    void noRetryDelay(Throwable cause) {
        errors.warn(
                "retry policy failed",
                "the retry policy " + (cause == null ? "returned null" : "failed: " + ShownText.of(cause))
                        + "; the client's own schedule is used instead",
                cause);
    }

    void askedAgain(int events, String reason) {
        errors.note(
                Level.WARNING,
                "retry asked for",
                events,
                "the server took a request but asks for events to be sent again, last: " + reason,
                null);
    }

    void resting(int events, String spent) {
        errors.note(
                Level.WARNING,
                "resting",
                events,
                "events could not be delivered for now and stay in the spool: " + spent,
                null);
    }

    void away(int failures) {
        errors.warn(
                "server away",
                "the server failed " + failures + " times in a row and counts as away; it is asked with single requests"
                        + " until it answers",
                null);
    }

    void back() {
        errors.note(Level.INFO, "server back", 1, "the server answers again", null);
    }

    void diskHangs() {
        errors.warn(
                "disk hangs",
                "the disk of the spool does not answer, so events go on in memory alone until it does",
                null);
    }

    void leftForOthers(int events) {
        errors.note(
                Level.WARNING,
                "spool of another protocol",
                events,
                "the spool holds events that this client does not speak the protocol of; they stay there",
                null);
    }

    void notRestored(Throwable cause) {
        errors.warn("batch not restored", "a batch could not be read from the spool: " + ShownText.of(cause), cause);
    }

    void expired(int events, String spent) {
        errors.note(Level.WARNING, "expired", events, "events could not be delivered and are given up: " + spent, null);
    }
}
