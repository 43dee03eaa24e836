package dev.penstock.engine.flags.usage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The uses that were reported for one distinct id: a table of fingerprints that grows to a bound and then replaces.
 *
 * <p><b>Threads:</b> any; {@link #contains} without a lock, {@link #add} under the lock of this object.
 */
final class SeenUses {

    /** Answer of {@link #add}: it was there. */
    static final int KNOWN = -1;

    /** Answer of {@link #add}: this id has been forgotten meanwhile. */
    static final int RETIRED = -2;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST_CELLS = 4;

    /** Beyond three quarters of this many uses, new ones take the place of old ones. */
    private static final int MAX_CELLS = 1_024;

    private final String distinctId;
    private volatile long[] cells = new long[FIRST_CELLS];
    private int used;
    private boolean retired;
    private volatile boolean marked;

    SeenUses(String distinctId) {
        this.distinctId = distinctId;
    }

    String distinctId() {
        return distinctId;
    }

    /** Ends its use, and answers how many cells it had beyond the first few, which every id has. */
    synchronized int retire() {
        retired = true;
        return cells.length - FIRST_CELLS;
    }

    /** Says that the id is in use. */
    void mark() {
        if (!marked) {
            marked = true;
        }
    }

    /** Takes the mark away; false if there was none. */
    boolean unmark() {
        boolean was = marked;
        marked = false;
        return was;
    }

    boolean contains(long fingerprint) {
        long[] table = cells;
        int mask = table.length - 1;
        for (int i = (int) fingerprint & mask, probes = 0; probes <= mask; i = i + 1 & mask, probes++) {
            long cell = (long) CELLS.getOpaque(table, i);
            if (cell == fingerprint) {
                return true;
            }
            if (cell == 0) {
                return false;
            }
        }
        return false;
    }

    /** By how many cells the table grew, or {@link #KNOWN}, or {@link #RETIRED}. */
    synchronized int add(long fingerprint) {
        if (retired) {
            return RETIRED;
        }
        if (contains(fingerprint)) {
            return KNOWN;
        }
        long[] table = cells;
        int before = table.length;
        if (4 * (used + 1) > 3 * before) {
            if (before == MAX_CELLS) {
                replace(table, fingerprint);
                return 0;
            }
            table = grown(table);
        }
        put(table, fingerprint);
        used++;
        cells = table;
        return table.length - before;
    }

    /**
     * The use in the new one's place is forgotten for it. Where that place is empty, so that nothing may be put there without
     * the table filling up, the last use before it is moved out: an empty cell follows it, so no probe goes past it.
     */
    private static void replace(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int home = (int) fingerprint & mask;
        if (table[home] == 0) {
            int last = home;
            while (table[last] == 0) {
                last = last - 1 & mask;
            }
            CELLS.setOpaque(table, last, 0L);
        }
        CELLS.setOpaque(table, home, fingerprint);
    }

    /** Builds the table anew: whoever reads the old one takes the use for known a last time. */
    synchronized void remove(long fingerprint) {
        long[] old = cells;
        long[] table = new long[old.length];
        used = 0;
        for (long kept : old) {
            if (kept != 0 && kept != fingerprint) {
                put(table, kept);
                used++;
            }
        }
        cells = table;
    }

    private static long[] grown(long[] old) {
        long[] table = new long[2 * old.length];
        for (long fingerprint : old) {
            if (fingerprint != 0) {
                put(table, fingerprint);
            }
        }
        return table;
    }

    private static void put(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int i = (int) fingerprint & mask;
        while (table[i] != 0) {
            i = i + 1 & mask;
        }
        CELLS.setOpaque(table, i, fingerprint);
    }
}
