package dev.penstock.engine.pipeline;

/** What one original batch has used up, with everything that is split from it: requests, of which it has so many, and time. */
final class RequestBudget {

    /** Enough to find one bad event among a thousand, not enough to bother a server that refuses everything. */
    static final int MAX_REQUESTS = 128;

    private int left = MAX_REQUESTS;
    private boolean begun;
    private long firstNs;

    /**
     * Takes a request, if there is one left.
     *
     * @param nowNs the time; that of the first request counts for all
     */
    boolean take(long nowNs) {
        if (!begun) {
            begun = true;
            firstNs = nowNs;
        }
        return left-- > 0;
    }

    /** Whether there is no request left. */
    boolean isSpent() {
        return left <= 0;
    }

    /** Takes no account of the last request: the server has asked for another, and time bounds those. */
    void giveBack() {
        left++;
    }

    /** How long ago the first request was made; 0 before it. */
    long elapsedNs(long nowNs) {
        return begun ? nowNs - firstNs : 0;
    }
}
