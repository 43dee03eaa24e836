package dev.penstock.engine.selfcheck;

/**
 * The server's time, between two readings of ours.
 *
 * @param sentMs our time when the request began to leave
 * @param answeredMs our time when its answer was there
 * @param serverMs the server's time somewhere between, cut to the second
 */
record ClockReading(long sentMs, long answeredMs, long serverMs) {

    private static final long CUT_MS = 999;

    long tripMs() {
        return answeredMs - sentMs;
    }

    /**
     * By how much the clocks are apart at the very least.
     *
     * @return milliseconds, positive if ours is ahead; 0 if what was seen can be explained by the time the request took
     */
    long aheadMs() {
        if (serverMs > answeredMs) {
            return answeredMs - serverMs;
        }
        return Math.max(0, sentMs - (serverMs + CUT_MS));
    }
}
