package dev.penstock.collector;

import java.util.Arrays;

/**
 * A growing set of 128-bit ids in one {@code long[]}, two elements a slot; linear probing, at most three quarters full.
 * <p>
 * Both halves of an id lie side by side so that a look-up in a set far larger than the cache costs one miss. The id
 * zero, which marks a free slot, is kept apart. One thread at a time; no allocation but on growth.
 */
final class UuidSet {
    private final int initialSlots;
    private long[] slots;
    private int mask;
    private int size;
    private boolean holdsZero;

    /** The initial number of slots is a power of two. */
    UuidSet(int initialSlots) {
        this.initialSlots = initialSlots;
        allocate(initialSlots);
    }

    private void allocate(int count) {
        slots = new long[2 * count];
        mask = count - 1;
    }

    int size() {
        return size + (holdsZero ? 1 : 0);
    }

    /** Adds an id; false when it was there. */
    boolean add(long high, long low) {
        return add(high, low, hash(high, low));
    }

    boolean add(long high, long low, long hash) {
        if ((high | low) == 0) {
            boolean added = !holdsZero;
            holdsZero = true;
            return added;
        }
        long[] table = slots;
        int slot = (int) hash & mask;
        while (true) {
            long h = table[2 * slot];
            long l = table[2 * slot + 1];
            if (h == high && l == low) {
                return false;
            }
            if ((h | l) == 0) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
        if (++size > (mask + 1) / 4 * 3) {
            grow();
        }
        return true;
    }

    /** Forgets all ids, and the room a large request took. */
    void clear() {
        if (mask + 1 > 16 * initialSlots) {
            allocate(initialSlots);
        } else if (size > 0) {
            Arrays.fill(slots, 0);
        }
        size = 0;
        holdsZero = false;
    }

    private void grow() {
        int count = mask + 1;
        if (count >= 1 << 29) {
            throw new IllegalStateException("more than " + size + " ids in one set");
        }
        long[] old = slots;
        allocate(2 * count);
        for (int i = 0; i < old.length; i += 2) {
            long high = old[i];
            long low = old[i + 1];
            if ((high | low) != 0) {
                int slot = (int) hash(high, low) & mask;
                while ((slots[2 * slot] | slots[2 * slot + 1]) != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[2 * slot] = high;
                slots[2 * slot + 1] = low;
            }
        }
    }

    /** Mixes all bits: ids made in one millisecond differ in few of them. */
    static long hash(long high, long low) {
        long h = high * 0x9e3779b97f4a7c15L + low;
        h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
        h = (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L;
        return h ^ (h >>> 32);
    }
}
