package dev.penstock.engine.deflate;

/**
 * Where the values of one event's JSON are: what stands between two of them is alike in all events of a pattern.
 *
 * <p>It is a hint. Wrong marks cost compression and nothing else.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
public final class ValueMarks {

    static final int MAX_VALUES = 64;

    /** Begin and end of each value. */
    final int[] bounds = new int[2 * MAX_VALUES];

    private int values;
    private boolean overflown;
    private int key;

    /** Makes marks of an event without values. */
    public ValueMarks() {}

    /** Begins with another event. */
    public void clear() {
        values = 0;
        overflown = false;
    }

    /**
     * Marks a value, behind those before it. An event with more than 64 counts as not marked.
     *
     * @param begin index of its first byte in the event
     * @param end index after its last one
     */
    public void value(int begin, int end) {
        if (values == MAX_VALUES) {
            overflown = true;
            return;
        }
        bounds[2 * values] = begin;
        bounds[2 * values + 1] = end;
        values++;
    }

    /**
     * Forgets the values of what was cut off; an event that once had too many counts as not marked all the same.
     *
     * @param length what the event's length is now
     */
    public void truncate(int length) {
        while (values > 0 && bounds[2 * values - 1] > length) {
            values--;
        }
    }

    /** How many values there are; 0 if the event is not marked, or not as an event of that length can be. */
    int valuesWithin(int length) {
        int wrong = 0;
        int end = 0;
        int hash = values;
        for (int i = 0; i < 2 * values; i += 2) {
            hash = 31 * hash + bounds[i] - end;
            wrong |= bounds[i] - end;
            end = bounds[i + 1];
            wrong |= end - bounds[i];
        }
        key = hash;
        wrong |= length - end;
        return overflown || wrong < 0 ? 0 : values;
    }

    /** Stands for what is between the values, after {@link #valuesWithin}. */
    int key() {
        return key;
    }
}
