package dev.penstock.engine.ring;

/**
 * Reads one record out of the ring. Must not throw and must not keep the array: the slot is overwritten soon after.
 *
 * <p><b>Threads:</b> only the pipeline thread of the lane.
 */
@FunctionalInterface
public interface RecordHandler {

    /** Where the attached flags stand among a record's references. */
    int FLAGS = 2;

    /**
     * A record, in publish order.
     *
     * @param bytes holds the record; the ring itself, or a copy where the record wraps around its end
     * @param offset index of the record's first byte
     * @param length the record's length
     * @param references holds the record's three shared snapshots (super properties, request context, flags), each of
     *     which may be null; valid only during the call
     * @param at index of the first of the three, or -1 if the record has none
     * @return true to go on, false to stop after this record
     */
    boolean onRecord(byte[] bytes, int offset, int length, Object[] references, int at);
}
