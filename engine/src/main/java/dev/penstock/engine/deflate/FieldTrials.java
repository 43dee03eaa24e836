package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * Finds out in which fields something pays, and has it done in those; the others get another trial now and then.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class FieldTrials {

    private static final int LOOKS = 32;

    /** One look in so many has to be a hit. */
    private static final int WORTH = 6;

    /** So many looks are left out where it does not pay. */
    private static final int REST = 1_024;

    private final short[] looks = new short[ValueMarks.MAX_VALUES];
    private final short[] hits = new short[ValueMarks.MAX_VALUES];
    private final short[] resting = new short[ValueMarks.MAX_VALUES];

    /** Forgets everything. */
    void reset() {
        Arrays.fill(looks, (short) 0);
        Arrays.fill(hits, (short) 0);
        Arrays.fill(resting, (short) 0);
    }

    /** Whether to look in a field now. */
    boolean isDue(int field) {
        if (resting[field] == 0) {
            return true;
        }
        resting[field]--;
        return false;
    }

    void count(int field, boolean hit) {
        if (hit) {
            hits[field]++;
        }
        if (++looks[field] == LOOKS) {
            if (hits[field] * WORTH < LOOKS) {
                resting[field] = REST;
            }
            looks[field] = 0;
            hits[field] = 0;
        }
    }
}
