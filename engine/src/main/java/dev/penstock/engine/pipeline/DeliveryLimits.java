package dev.penstock.engine.pipeline;

/**
 * What bounds delivery.
 *
 * @param maxRequests how many requests are open at a time
 * @param maxBytes how many bytes unsettled batches hold
 * @param retries how a batch is tried again
 * @param requestTimeoutNs how long a request may take
 * @param inOrder whether no batch may overtake another: while one waits for its retry, nothing else is sent
 */
public record DeliveryLimits(
        int maxRequests, long maxBytes, RetryRules retries, long requestTimeoutNs, boolean inOrder) {

    /**
     * Refuses an order that several requests at a time would break.
     *
     * @param maxRequests how many requests are open at a time; 1 if in order
     * @param maxBytes how many bytes unsettled batches hold
     * @param retries how a batch is tried again
     * @param requestTimeoutNs how long a request may take
     * @param inOrder whether no batch may overtake another
     */
    public DeliveryLimits {
        if (inOrder && maxRequests != 1) {
            throw new IllegalArgumentException("in order means one request at a time, not " + maxRequests);
        }
    }

    /**
     * Limits of a lane whose batches may overtake each other.
     *
     * @param maxRequests how many requests are open at a time
     * @param maxBytes how many bytes unsettled batches hold
     * @param retries how a batch is tried again
     * @param requestTimeoutNs how long a request may take
     */
    public DeliveryLimits(int maxRequests, long maxBytes, RetryRules retries, long requestTimeoutNs) {
        this(maxRequests, maxBytes, retries, requestTimeoutNs, false);
    }
}
