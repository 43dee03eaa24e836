package dev.penstock.engine.spool;

/**
 * Told of events that were on disk and are given up; they count as discarded.
 *
 * <p><b>Threads:</b> called on the spool's thread. It does not block.
 */
@FunctionalInterface
public interface LossSink {

    /**
     * The events of one record are given up.
     *
     * @param ids of the events, or null if they cannot be read
     * @param events how many
     * @param reason why
     */
    void lost(RecordIds ids, int events, String reason);
}
