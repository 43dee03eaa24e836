package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * Finds what an event has in common with earlier ones, from value to value.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class EventMatcher {

    /** Shorter ones cost as much as their literals. */
    private static final int MIN_MATCH = 4;

    private static final int VALUE_BITS = 13;
    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

    private final int[] valueTable = new int[1 << VALUE_BITS];
    private final Window window;
    private final Tokens tokens;
    private final TextSearch text;

    EventMatcher(Window window, Tokens tokens, TextSearch text) {
        this.window = window;
        this.tokens = tokens;
        this.text = text;
    }

    void clear() {
        Arrays.fill(valueTable, 0);
    }

    /**
     * Compares an event with the last one of its pattern.
     *
     * @param from where to begin, in the event
     * @param start where the event begins
     * @param reference where the other began
     * @param pattern has the bounds of the other's values
     * @param bounds those of this one's
     * @param values how many values both have
     * @return where it ended: at the event's end
     */
    int match(int from, int start, int reference, EventPattern pattern, int[] bounds, int values) {
        int[] others = pattern.bounds;
        int filled = window.filled;
        int i = from;
        int back = start - reference;
        int end = start;
        for (int v = 0; v < values; v++) {
            int begin = start + bounds[2 * v];
            if (i < begin) {
                i = between(i, begin, back);
            }
            end = start + bounds[2 * v + 1];
            if (i < end) {
                i = value(i, begin, end, v, pattern);
            }
            back = end - reference - others[2 * v + 1];
        }
        return i < filled ? between(i, filled, back) : i;
    }

    /** What stands before a value: as far from the value before it as in the other event. Tells how far it came. */
    private int between(int from, int end, int back) {
        int i = from;
        if (back > 0 && back <= Math.min(i, Matches.MAX_DISTANCE)) {
            int n = window.common(i - back, i);
            if (n >= MIN_MATCH || (n > 0 && i + n == window.filled)) {
                tokens.add(i, n, back);
                i += n;
            }
        }
        return i < end ? text.search(i, end) : i;
    }

    /** Looks for a value as a whole, then in parts; tells how far it came. */
    private int value(int i, int begin, int end, int field, EventPattern pattern) {
        if (end - i >= MIN_MATCH && pattern.lookups.isDue(field)) {
            int slot = valueSlot(begin, end, field);
            int other = valueTable[slot] - window.origin;
            valueTable[slot] = begin + window.origin;
            int n = begin - other <= Matches.MAX_DISTANCE ? window.common(other + i - begin, i) : 0;
            boolean whole = i + n >= end;
            pattern.lookups.count(field, whole);
            if (whole) {
                tokens.add(i, n, begin - other);
                return i + n;
            }
        }
        if (end - i >= TextSearch.MIN_TEXT && pattern.searches.isDue(field)) {
            int before = text.matched;
            int to = text.search(i, end);
            pattern.searches.count(field, 2 * (text.matched - before) >= end - i);
            return to;
        }
        return end;
    }

    private int valueSlot(int begin, int end, int field) {
        int length = end - begin;
        long head = (long) Window.LONGS.get(window.bytes, begin);
        long tail;
        if (length < Long.BYTES) {
            head &= (1L << (8 * length)) - 1;
            tail = length;
        } else {
            tail = (long) Window.LONGS.get(window.bytes, end - Long.BYTES);
        }
        long mixed = (head ^ Long.rotateLeft(tail, 29)) * HASH + length + 0x5851_F42DL * field;
        return (int) ((mixed * HASH) >>> (64 - VALUE_BITS));
    }
}
