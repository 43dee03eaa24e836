package dev.penstock.engine.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Whether the server is asked at all: keeps the lanes of a channel from hammering one that is away.
 *
 * <p>Closed, everybody may ask. So many failures in a row, over all batches, open it: nobody asks, until after a wait one
 * request may (half-open). Its answer closes the circuit, its failure opens it for twice as long. A wait that the server
 * itself has asked for holds for everybody as well.
 *
 * <p><b>Threads:</b> any; a short lock for each request, none for an event.
 */
public final class Circuit {

    private static final long MAX_WAIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final int failuresToOpen;
    private final long firstWaitNs;
    private final long maxAskedNs;
    private final long probeTimeoutNs;

    private int failures;
    private boolean open;
    private long waitNs;
    private long retryAtNs;
    private boolean probing;
    private long probeBeganNs;
    private boolean asked;
    private long askedUntilNs;

    /**
     * Makes a closed circuit; see {@link RetryRules#circuit}.
     *
     * @param failuresToOpen how many failures in a row open it; 0 for never
     * @param firstWaitNs the wait before the first probe
     * @param maxAskedNs the longest wait that a server may ask for
     * @param probeTimeoutNs how long the answer of a probe is waited for before another is sent
     */
    Circuit(int failuresToOpen, long firstWaitNs, long maxAskedNs, long probeTimeoutNs) {
        this.failuresToOpen = failuresToOpen;
        this.firstWaitNs = firstWaitNs;
        this.maxAskedNs = maxAskedNs;
        this.probeTimeoutNs = probeTimeoutNs;
    }

    /** Whether it is no use to ask now: it is open, or the server has asked for a wait that is not over. */
    synchronized boolean isAway(long nowNs) {
        return isAskedToWait(nowNs) || (open && nowNs - retryAtNs < 0);
    }

    /** Whether it is open or half-open: the last word of the server was none. */
    synchronized boolean isOpen() {
        return open;
    }

    /** Whether a request may begin. */
    synchronized boolean allows(long nowNs) {
        if (isAway(nowNs)) {
            return false;
        }
        return !open || !probing || nowNs - probeBeganNs >= probeTimeoutNs;
    }

    /** Begins a request, if one may begin; of several who ask at once while it is half-open only one may. */
    synchronized boolean tryBegin(long nowNs) {
        if (!allows(nowNs)) {
            return false;
        }
        if (open) {
            probing = true;
            probeBeganNs = nowNs;
        }
        return true;
    }

    /** How long nobody may ask yet; 0 if somebody may. */
    synchronized long waitNs(long nowNs) {
        long wait = open ? Math.max(0, retryAtNs - nowNs) : 0;
        return isAskedToWait(nowNs) ? Math.max(wait, askedUntilNs - nowNs) : wait;
    }

    /** A request that was begun has not been sent: another one may probe. */
    synchronized void abandonProbe() {
        probing = false;
    }

    /** The server has answered, whatever it said of the events. True if it was away before. */
    synchronized boolean succeeded() {
        boolean back = open;
        failures = 0;
        open = false;
        probing = false;
        waitNs = 0;
        return back;
    }

    /**
     * A request has failed: no answer came, or one that asks to try again. While the circuit is open only the probe's failure
     * says something new.
     *
     * @param beganNs when the request began
     * @param nowNs the time
     * @param retryAfterMs what the server asked for, or 0
     * @return whether this has opened the circuit, which was closed
     */
    synchronized boolean failed(long beganNs, long nowNs, long retryAfterMs) {
        if (retryAfterMs > 0) {
            keepAway(nowNs + Math.min(TimeUnit.MILLISECONDS.toNanos(retryAfterMs), maxAskedNs));
        }
        failures++;
        if (open) {
            if (probing && beganNs - probeBeganNs >= 0) {
                openFor(nowNs, Math.min(MAX_WAIT_NS, waitNs * 2));
            }
            return false;
        }
        if (failuresToOpen == 0 || failures < failuresToOpen) {
            return false;
        }
        open = true;
        openFor(nowNs, firstWaitNs);
        return true;
    }

    private void openFor(long nowNs, long wait) {
        probing = false;
        waitNs = wait;
        retryAtNs = nowNs + wait;
    }

    private void keepAway(long untilNs) {
        if (!asked || untilNs - askedUntilNs > 0) {
            asked = true;
            askedUntilNs = untilNs;
        }
    }

    private boolean isAskedToWait(long nowNs) {
        if (asked && nowNs - askedUntilNs >= 0) {
            asked = false;
        }
        return asked;
    }

    /** For messages: how many failures there were in a row. */
    synchronized int failures() {
        return failures;
    }
}
