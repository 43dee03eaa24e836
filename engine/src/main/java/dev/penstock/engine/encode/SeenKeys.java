package dev.penstock.engine.encode;

/**
 * Notices when a key may have been given twice in one event: a small open-addressed set of hashes that is emptied by
 * counting up. Two different keys of the same hash look like one; the careful way then finds out.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class SeenKeys {

    private static final int SIZE = 256;

    /** Beyond this many keys every further one is suspected, so that probing stays short and always ends. */
    private static final int MAX_KEYS = 160;

    private final int[] hashes = new int[SIZE];
    private final int[] rounds = new int[SIZE];
    private int round = 1;
    private int keys;

    void clear() {
        keys = 0;
        if (++round == 0) {
            java.util.Arrays.fill(rounds, 0);
            round = 1;
        }
    }

    /** True if the key is certainly new. */
    boolean add(int hash) {
        if (keys == MAX_KEYS) {
            return false;
        }
        int slot = (hash * 0x9E37_79B9) >>> 24;
        while (rounds[slot] == round) {
            if (hashes[slot] == hash) {
                return false;
            }
            slot = slot + 1 & SIZE - 1;
        }
        rounds[slot] = round;
        hashes[slot] = hash;
        keys++;
        return true;
    }
}
