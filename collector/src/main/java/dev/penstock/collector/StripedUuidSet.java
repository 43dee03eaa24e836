package dev.penstock.collector;

/**
 * A {@link UuidSet} for many threads: the hash picks one of 64 sets, each with its own lock.
 * <p>
 * Each stripe grows by itself, so that a set of tens of millions never stops all connections to copy itself, nor needs
 * the whole of the old and new tables at once. About 21 to 43 bytes an id.
 */
final class StripedUuidSet {
    private static final int STRIPE_BITS = 6;
    private static final int INITIAL_SLOTS = 64;

    private final UuidSet[] stripes = new UuidSet[1 << STRIPE_BITS];

    StripedUuidSet() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new UuidSet(INITIAL_SLOTS);
        }
    }

    /** Adds ids and tells how many were new. */
    int addAll(long[] highs, long[] lows, int count) {
        int added = 0;
        for (int i = 0; i < count; i++) {
            long hash = UuidSet.hash(highs[i], lows[i]);
            UuidSet stripe = stripes[(int) (hash >>> (64 - STRIPE_BITS))];
            synchronized (stripe) {
                if (stripe.add(highs[i], lows[i], hash)) {
                    added++;
                }
            }
        }
        return added;
    }
}
