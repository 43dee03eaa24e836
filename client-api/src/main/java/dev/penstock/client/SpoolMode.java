package dev.penstock.client;

/**
 * When batches of events are kept on disk.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public enum SpoolMode {
    /** Never: no directory is opened, no thread is started, and nothing is read that an earlier run has left. */
    OFF,
    /**
     * While the server is away or slower than the events come: when it is not asked because it fails again and again or has
     * asked for a wait, when half of {@link ClientConfig#maxInFlightBytes()} is taken, when the retries of a batch are used
     * up, and for what is left at the close. A healthy server costs the disk nothing. A process that is killed loses what
     * was not on disk yet.
     */
    ON_OUTAGE,
    /**
     * Always: a batch is written first and sent afterwards. A process that is killed loses what was in the ring, in the open
     * batch and being written at that moment: what was captured in the last {@link ClientConfig#linger()} in a healthy run, up
     * to the whole ring when the disk or the server holds the pipeline up; and what the disk has not taken.
     */
    ALWAYS
}
