package dev.penstock.collector;

import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * The events of one request as validation found them: ids, and where each event lies in the body. Reused; one thread at
 * a time.
 */
final class BatchContents {
    private final UuidSet seen = new UuidSet(256);
    private final BitSet refused = new BitSet();
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private long[] fingerprints = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;
    private long nextFingerprint;

    void clear() {
        seen.clear();
        refused.clear();
        count = 0;
        nextFingerprint = 0;
    }

    /** Marks the event that is added next as one the host does not take. */
    void refuseNext() {
        refused.set(count);
    }

    /** Gives the event that is added next a hash of what must not change from try to try. */
    void describeNext(long fingerprint) {
        nextFingerprint = fingerprint;
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
            fingerprints = Arrays.copyOf(fingerprints, grown);
            starts = Arrays.copyOf(starts, grown);
            ends = Arrays.copyOf(ends, grown);
        }
        highs[count] = high;
        lows[count] = low;
        fingerprints[count] = nextFingerprint;
        starts[count] = start;
        ends[count] = end;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    UUID uuid(int event) {
        return new UUID(highs[event], lows[event]);
    }

    boolean isRefused(int event) {
        return refused.get(event);
    }

    int start(int event) {
        return starts[event];
    }

    int end(int event) {
        return ends[event];
    }

    /** Copies some of the events; the copy refuses none. */
    BatchContents only(IntPredicate chosen) {
        BatchContents some = new BatchContents();
        for (int event = 0; event < count; event++) {
            if (chosen.test(event)) {
                some.describeNext(fingerprints[event]);
                some.add(highs[event], lows[event], starts[event], ends[event]);
            }
        }
        return some;
    }

    BatchDigest digest() {
        return new BatchDigest(
                Arrays.copyOf(highs, count), Arrays.copyOf(lows, count), Arrays.copyOf(fingerprints, count));
    }

    /** A hash of the ids in their order. */
    long hashIds() {
        long hash = 0;
        for (int event = 0; event < count; event++) {
            hash = UuidSet.hash(hash + highs[event], lows[event]);
        }
        return hash;
    }

    /** Adds the ids to a set and tells how many were new. */
    int addIdsTo(StripedUuidSet set) {
        return set.addAll(highs, lows, count);
    }
}
