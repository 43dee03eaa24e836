package dev.penstock.collector;

import java.util.UUID;

/** What one try of a request held: the id of each event and a hash of what must stay the same. Immutable. */
final class BatchDigest {
    static final BatchDigest NONE = new BatchDigest(new long[0], new long[0], new long[0]);

    private final long[] highs;
    private final long[] lows;
    private final long[] fingerprints;

    /** Takes the arrays, which are as long as there are events. */
    BatchDigest(long[] highs, long[] lows, long[] fingerprints) {
        this.highs = highs;
        this.lows = lows;
        this.fingerprints = fingerprints;
    }

    int count() {
        return highs.length;
    }

    /** Refuses the request unless these events are, unchanged and in their order, some of those of the try before. */
    void requirePartOf(BatchDigest before) throws InvalidRequestException {
        int from = 0;
        for (int event = 0; event < highs.length; event++) {
            int found = before.indexOf(highs[event], lows[event], from);
            if (found < 0) {
                boolean there = before.indexOf(highs[event], lows[event], 0) >= 0;
                throw fault(event, there ? "stands in another place than" : "was not part of");
            }
            if (before.fingerprints[found] != fingerprints[event]) {
                throw fault(event, "has another uuid, timestamp, event or distinct_id than in");
            }
            from = found + 1;
        }
    }

    private int indexOf(long high, long low, int from) {
        for (int i = from; i < highs.length; i++) {
            if (highs[i] == high && lows[i] == low) {
                return i;
            }
        }
        return -1;
    }

    private InvalidRequestException fault(int event, String what) {
        return new InvalidRequestException(
                "batch[" + event + "]: event " + new UUID(highs[event], lows[event]) + " " + what + " the try before");
    }
}
