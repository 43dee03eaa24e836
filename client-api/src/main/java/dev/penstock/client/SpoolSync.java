package dev.penstock.client;

/**
 * When what was written to the spool is forced to the disk itself.
 *
 * <p>A process that is killed loses nothing that was written, whatever this says; it matters when the machine loses its
 * power or its kernel stops.
 */
public enum SpoolSync {
    /** Before a batch counts as kept, together with others that wait: a power cut loses none that does. */
    BATCH,
    /** After {@link SpoolSettings#syncInterval()} at the latest: a power cut loses that much more. */
    INTERVAL,
    /** Never by the client: a power cut loses what the operating system has not written yet, often 30 s of it. */
    NONE
}
