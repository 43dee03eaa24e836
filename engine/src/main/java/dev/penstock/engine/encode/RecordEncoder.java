package dev.penstock.engine.encode;

/**
 * Turns records into JSON, one at a time.
 *
 * <p><b>Threads:</b> one.
 */
public interface RecordEncoder {

    /**
     * Appends what a record becomes.
     *
     * @param bytes holds the record
     * @param offset index of its first byte
     * @param references holds the record's three shared snapshots (super properties, request context, flags), each of
     *     which may be null
     * @param at index of the first of the three, or -1 if the record has none
     * @param out where the JSON goes
     */
    void encode(byte[] bytes, int offset, Object[] references, int at, JsonOutput out);
}
