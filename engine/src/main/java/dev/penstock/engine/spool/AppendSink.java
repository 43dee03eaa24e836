package dev.penstock.engine.spool;

/**
 * Told once what became of an append.
 *
 * <p><b>Threads:</b> called on the spool's thread; after the spool's end on the thread that appends. It does not block.
 */
public interface AppendSink {

    /**
     * The record is on disk, as safe as the configured sync makes it. It belongs to whoever appended it until {@link
     * Spool#acknowledge} or {@link Spool#release}.
     *
     * @param recordId names it for the life of this spool
     */
    void stored(long recordId);

    /**
     * The record is not on disk.
     *
     * @param reason what to tell an operator
     */
    void notStored(String reason);
}
