package dev.penstock.cli.importer;

/**
 * Counts how often a 64-bit hash was seen: open addressing over two plain arrays, 12 bytes a slot and at most two thirds
 * full, so 18 to 36 bytes for each distinct hash.
 * <p>
 * Two lines whose hashes agree share their count. That is harmless: their ids come from the whole digest and still
 * differ, and depend only on the lines before them. One thread at a time.
 */
final class OrdinalTable {
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int MAX_SLOTS = 1 << 29;

    private long[] hashes = new long[FIRST_SLOTS];
    private int[] counts = new int[FIRST_SLOTS];
    private int used;

    /** The number of times this hash was seen before: 0, 1, 2, ... */
    long next(long hash) {
        if (used >= hashes.length / 3 * 2) {
            grow();
        }
        int slot = slotOf(hash, hashes, counts);
        if (counts[slot] == 0) {
            hashes[slot] = hash;
            used++;
        }
        return Integer.toUnsignedLong(counts[slot]++);
    }

    private void grow() {
        if (hashes.length >= MAX_SLOTS) {
            throw new IllegalStateException("more than " + used + " distinct lines without a uuid; split the file");
        }
        long[] moreHashes = new long[hashes.length * 2];
        int[] moreCounts = new int[hashes.length * 2];
        for (int i = 0; i < hashes.length; i++) {
            if (counts[i] != 0) {
                int slot = slotOf(hashes[i], moreHashes, moreCounts);
                moreHashes[slot] = hashes[i];
                moreCounts[slot] = counts[i];
            }
        }
        hashes = moreHashes;
        counts = moreCounts;
    }

    private static int slotOf(long hash, long[] hashes, int[] counts) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
