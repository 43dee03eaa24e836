package dev.penstock.client;

/** What a capture does when the ring has no room. */
public enum OverflowPolicy {
    /** Answer {@link CaptureResult#RING_FULL} at once. The caller is never held up. */
    DROP_NEWEST,
    /**
     * Park the calling thread until there is room, at most {@link ClientConfig#overflowWait()}, then answer {@link
     * CaptureResult#RING_FULL}. An interrupt does not end the wait and is restored after it. On the client's own
     * threads (a listener that captures) this behaves as {@link #DROP_NEWEST}, because waiting there would wait for
     * itself.
     */
    WAIT
}
