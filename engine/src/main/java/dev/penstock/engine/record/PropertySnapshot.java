package dev.penstock.engine.record;

/**
 * Properties that many events share (super properties, those of a request context), on their way to the encoder: a record
 * without an event, and the JSON made of it once.
 *
 * <p><b>Threads:</b> any; the JSON is made and kept by those who encode.
 */
public final class PropertySnapshot {

    private final byte[] record;
    private volatile Object encoded;

    /**
     * Makes a snapshot.
     *
     * @param record a finished record whose properties these are; must never change
     */
    public PropertySnapshot(byte[] record) {
        this.record = record;
    }

    /**
     * The properties.
     *
     * @return a record, from index 0; not to be changed
     */
    public byte[] record() {
        return record;
    }

    /**
     * How much it holds.
     *
     * @return bytes
     */
    public int bytes() {
        return record.length;
    }

    /**
     * What an encoder has kept.
     *
     * @return the JSON in the encoder's form, or null
     */
    public Object encoded() {
        return encoded;
    }

    /**
     * Keeps the JSON for the next event with these properties.
     *
     * @param json in the encoder's form; immutable
     */
    public void keepEncoded(Object json) {
        encoded = json;
    }
}
