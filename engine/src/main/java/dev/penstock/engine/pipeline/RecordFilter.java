package dev.penstock.engine.pipeline;

/**
 * Says which records a route takes.
 *
 * <p><b>Threads:</b> only the pipeline thread. <b>Allocation:</b> none.
 */
@FunctionalInterface
public interface RecordFilter {

    /** Takes whatever comes. */
    RecordFilter ALL = (record, offset) -> true;

    /**
     * Whether the route takes a record.
     *
     * @param record holds the record
     * @param offset index of its first byte
     * @return true if it does
     */
    boolean takes(byte[] record, int offset);
}
