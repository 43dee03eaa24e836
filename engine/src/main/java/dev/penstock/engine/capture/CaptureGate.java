package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;

/**
 * Whether captures are accepted. Closing is for good; switching off and opting out are not, and each has a switch of its
 * own.
 *
 * <p><b>Threads:</b> any; {@link #refusal()} is one volatile read.
 */
public final class CaptureGate {

    /** Without an engine behind it nothing can be switched on. */
    private final boolean inert;

    private boolean off;
    private boolean optedOut;
    private boolean closed;
    private volatile CaptureResult refusal;

    /**
     * Makes a gate.
     *
     * @param inert whether nothing will ever be accepted
     * @param optedOut whether it starts opted out
     */
    public CaptureGate(boolean inert, boolean optedOut) {
        this.inert = inert;
        this.optedOut = optedOut;
        decide();
    }

    /**
     * What every capture is answered, if nothing is accepted.
     *
     * @return {@link CaptureResult#CLOSED} or {@link CaptureResult#DISABLED}, or null if captures are accepted
     */
    public CaptureResult refusal() {
        return refusal;
    }

    /** Accepts nothing more. What is claimed already will be published. A gate without an engine stays as it is. */
    public synchronized void close() {
        closed = true;
        decide();
    }

    /**
     * Switches on or off.
     *
     * @param enabled whether to accept
     */
    public synchronized void setEnabled(boolean enabled) {
        off = !enabled;
        decide();
    }

    /**
     * Opts out or in.
     *
     * @param out whether to accept nothing
     */
    public synchronized void setOptedOut(boolean out) {
        optedOut = out;
        decide();
    }

    /**
     * Whether captures are opted out.
     *
     * @return true after opting out
     */
    public synchronized boolean isOptedOut() {
        return optedOut;
    }

    private void decide() {
        if (inert) {
            refusal = CaptureResult.DISABLED;
        } else if (closed) {
            refusal = CaptureResult.CLOSED;
        } else {
            refusal = off || optedOut ? CaptureResult.DISABLED : null;
        }
    }
}
