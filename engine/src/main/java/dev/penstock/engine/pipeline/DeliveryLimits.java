package dev.penstock.engine.pipeline;

/**
 * What bounds delivery.
 *
 * @param maxRequests how many requests are open at a time
 * @param maxBytes how many bytes unsettled batches hold
 * @param maxRetries how often a batch is tried again
 * @param retryDelayMs the delay before the first retry
 * @param requestTimeoutNs how long a request may take
 */
public record DeliveryLimits(
        int maxRequests, long maxBytes, int maxRetries, long retryDelayMs, long requestTimeoutNs) {}
