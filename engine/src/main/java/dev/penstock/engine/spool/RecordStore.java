package dev.penstock.engine.spool;

/**
 * Keeps batches as records, and gives them out again, the oldest first.
 *
 * <p>A record that was stored or taken belongs to whoever stored or took it until it is acknowledged or released.
 *
 * <p><b>Threads:</b> any; nothing here waits for a disk. What is told is told later, on a thread of the store.
 */
public interface RecordStore {

    /**
     * Stores a batch.
     *
     * @param record the batch; its arrays must not change until the sink is told, or it is withdrawn
     * @param sink told once whether it is stored
     * @return for taking it back
     */
    PendingAppend append(SpoolRecord record, AppendSink sink);

    /**
     * Every event of a record has the server's verdict: the record is not needed any more.
     *
     * @param recordId which; one that is not known is ignored
     */
    void acknowledge(long recordId);

    /**
     * Leaves a record to be taken again.
     *
     * @param recordId which; one that is not known is ignored
     * @param events how many it has, which are pending here from now on
     * @param delayNs how long it is not to be taken
     */
    void release(long recordId, int events, long delayNs);

    /**
     * Takes the oldest record that belongs to nobody.
     *
     * @param sink told once
     */
    void take(TakeSink sink);

    /**
     * Whether there may be a record to take.
     *
     * @return true if one could be taken now; one read
     */
    boolean hasBacklog();
}
