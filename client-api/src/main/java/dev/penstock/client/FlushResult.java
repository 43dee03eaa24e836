package dev.penstock.client;

/** How a {@linkplain CaptureClient#flush(java.time.Duration) flush} ended. */
public enum FlushResult {
    /** Every event accepted before the call has its outcome, or is left to the spool. */
    COMPLETED,
    /** Time was up first; delivery goes on in the background. */
    TIMED_OUT,
    /** The calling thread was interrupted; its interrupt status is set, delivery goes on in the background. */
    INTERRUPTED,
    /** The client was already closed; nothing was waited for. */
    CLOSED
}
