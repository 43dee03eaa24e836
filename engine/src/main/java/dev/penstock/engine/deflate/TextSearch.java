package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * Searches for text that was there before, as other compressors do, in longer steps the longer nothing is found.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class TextSearch {

    /** Shorter text is not worth a search. */
    static final int MIN_TEXT = 12;

    private static final int SEARCHED_BYTES = 6;
    private static final int BITS = 13;
    private static final int STRIDE_GROWS = 5;
    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

    private final int[] table = new int[1 << BITS];
    private final Window window;
    private final Tokens tokens;

    /** How many bytes were matched; only differences count. */
    int matched;

    TextSearch(Window window, Tokens tokens) {
        this.window = window;
        this.tokens = tokens;
    }

    void clear() {
        Arrays.fill(table, 0);
    }

    /** Adds the matches it finds. Tells where it ended: at the end, or behind it with a match. */
    int search(int from, int end) {
        byte[] data = window.bytes;
        int origin = window.origin;
        int last = end - SEARCHED_BYTES + 1;
        int reached = end;
        int misses = 0;
        for (int i = from; i < last; ) {
            long text = ((long) Window.LONGS.get(data, i)) << 16;
            int slot = (int) ((text * HASH) >>> (64 - BITS));
            int other = table[slot] - origin;
            table[slot] = i + origin;
            if (i - other <= Matches.MAX_DISTANCE && ((long) Window.LONGS.get(data, other)) << 16 == text) {
                int n = window.common(other, i);
                tokens.add(i, n, i - other);
                matched += Math.min(n, end - i);
                i += n;
                reached = Math.max(end, i);
                misses = 0;
            } else {
                i += 1 + (misses++ >>> STRIDE_GROWS);
            }
        }
        return reached;
    }
}
