package dev.penstock.engine.spool;

/**
 * Told once what a take has found.
 *
 * <p><b>Threads:</b> called on the spool's thread; after the spool's end on the thread that takes. It does not block.
 * If it throws, it counts as not told: the record stays where it was, and {@link #none} is called once more.
 */
public interface TakeSink {

    /**
     * The oldest record that nobody had. It belongs to whoever took it until {@link Spool#acknowledge} or {@link
     * Spool#release}.
     *
     * @param recordId names it for the life of this spool
     * @param record its content, with arrays of its own
     */
    void taken(long recordId, SpoolRecord record);

    /** There is no such record now. */
    void none();
}
