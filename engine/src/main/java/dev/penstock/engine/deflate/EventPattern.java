package dev.penstock.engine.deflate;

/**
 * A pattern of events, those with the same lengths between their values: where the last one was, and in which fields looking for
 * earlier values has paid.
 *
 * <p><b>Threads:</b> one.
 */
final class EventPattern {

    final int[] bounds = new int[2 * ValueMarks.MAX_VALUES];
    final FieldTrials lookups = new FieldTrials();
    final FieldTrials searches = new FieldTrials();

    /** Stands for what is between the values; other bytes of that length may be there all the same. */
    int key;

    /** How many values there are; 0 before the first event. */
    int values;

    /** Where the last event began. */
    int last;

    /** Begins with another pattern. */
    void reset(int newKey) {
        key = newKey;
        values = 0;
        last = 0;
        lookups.reset();
        searches.reset();
    }
}
