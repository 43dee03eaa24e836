package dev.penstock.engine.pipeline;

/** How many requests one original batch may make, with everything that is split from it. */
final class RequestBudget {

    /** Enough to find one bad event among a thousand, not enough to bother a server that refuses everything. */
    static final int MAX_REQUESTS = 128;

    private int left = MAX_REQUESTS;

    boolean take() {
        return left-- > 0;
    }
}
