package dev.penstock.collector;

import java.util.Arrays;

/**
 * The events of one request as validation found them: ids, and where each event lies in the body. Reused; one thread at
 * a time.
 */
final class BatchContents {
    private final UuidSet seen = new UuidSet(256);
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    void clear() {
        seen.clear();
        count = 0;
    }

    /** Adds an event; false when the request holds its id already. */
    boolean add(long high, long low, int start, int end) {
        if (!seen.add(high, low)) {
            return false;
        }
        if (count == highs.length) {
            int grown = count * 2;
            highs = Arrays.copyOf(highs, grown);
            lows = Arrays.copyOf(lows, grown);
            starts = Arrays.copyOf(starts, grown);
            ends = Arrays.copyOf(ends, grown);
        }
        highs[count] = high;
        lows[count] = low;
        starts[count] = start;
        ends[count] = end;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    int start(int event) {
        return starts[event];
    }

    int end(int event) {
        return ends[event];
    }

    /** Adds the ids to a set and tells how many were new. */
    int addIdsTo(StripedUuidSet set) {
        return set.addAll(highs, lows, count);
    }
}
