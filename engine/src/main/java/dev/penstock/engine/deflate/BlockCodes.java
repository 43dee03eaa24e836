package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * The codes of a block, ready to be put: for every literal, every pair of ASCII literals, every length and every distance.
 *
 * <p>Why it is shaped so: literals are most of what is put, so they go two at a time through one table, of which a kind of
 * events touches little. Codes are at most 13 bits long: then four literals, or a length and a distance with all their extra
 * bits, fit between two flushes. An entry has its bits above the number of them, which stands in the six lowest: as a
 * distance to shift by, an entry is its own number, and a sum of entries the sum of theirs.
 *
 * <p>NUL has no bits in a pair, so that what is beyond a run can be put without a look: it has to be put by {@link #literals}.
 *
 * <p><b>Threads:</b> one.
 *
 * <p><b>Source:</b> RFC 1951, sections 3.2.2, 3.2.6 and 3.2.7.
 */
final class BlockCodes {

    static final int MAX_BITS = 13;

    /** An entry's bits stand above this many, which hold their number. */
    static final int BITS_AT = 6;

    static final int NUMBER = (1 << BITS_AT) - 1;

    /** The index of a pair: both characters, the first in the lower byte. */
    static final int PAIR = 0x7f7f;

    private static final int ASCII = 128;
    private static final int MAX_CODE_LENGTH_BITS = 7;

    /** In the order in which the lengths of their own codes stand in a header. */
    private static final byte[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int REPEAT = 16;
    private static final int MIN_REPEAT = 3;
    private static final int MAX_REPEAT = 6;
    private static final int REPEAT_BITS = 2;

    final int[] literals = new int[256];
    final int[] pairs = new int[PAIR + 1];
    final int[] lengths = new int[Matches.MAX_LENGTH + 1];
    private int[] distances;

    private int endOfBlock;
    private byte[] header;
    private int headerBits;

    /** The fixed codes, which need not be told: for a stream of which nothing is known. */
    BlockCodes() {
        byte[] literalLengths = new byte[288];
        Arrays.fill(literalLengths, 0, 144, (byte) 8);
        Arrays.fill(literalLengths, 144, 256, (byte) 9);
        Arrays.fill(literalLengths, 256, 280, (byte) 7);
        Arrays.fill(literalLengths, 280, 288, (byte) 8);
        byte[] distanceLengths = new byte[32];
        Arrays.fill(distanceLengths, (byte) 5);
        header = new byte[] {0b010};
        headerBits = 3;
        fill(literalLengths, distanceLengths);
    }

    private static int entry(int bits, int number) {
        return (bits << BITS_AT) | number;
    }

    /** Two entries, one behind the other. */
    private static int both(int first, int second) {
        return entry((first >>> BITS_AT) | ((second >>> BITS_AT) << first), (first + second) & NUMBER);
    }

    private void fill(byte[] literalLengths, byte[] distanceLengths) {
        int[] codes = codes(literalLengths);
        System.arraycopy(codes, 0, literals, 0, literals.length);
        endOfBlock = codes[Matches.END];
        for (int second = 0; second < ASCII; second++) {
            int after = second == 0 ? 0 : literals[second];
            for (int first = 0; first < ASCII; first++) {
                pairs[(second << Byte.SIZE) | first] = both(first == 0 ? 0 : literals[first], after);
            }
        }
        for (int length = Matches.MIN_LENGTH; length <= Matches.MAX_LENGTH; length++) {
            int extra = entry(Matches.lengthExtra(length), Matches.lengthExtraBits(length));
            lengths[length] = both(codes[Matches.lengthSymbol(length)], extra);
        }
        distances = codes(distanceLengths);
    }

    /** The entry of a distance. */
    int ofDistance(int distance) {
        int rest = distance - 1;
        if (rest < 4) {
            return distances[rest];
        }
        // Each power of two has two symbols.
        int extraBits = 30 - Integer.numberOfLeadingZeros(rest);
        int code = distances[2 * extraBits + (rest >>> extraBits)];
        int extra = rest & ((1 << extraBits) - 1);
        return code + extraBits + ((extra << code) << BITS_AT);
    }

    /**
     * Becomes codes for what was counted. Each symbol has one, as what comes later may have what came not so far.
     *
     * @param literalCounts by literal or length symbol, each at least 1
     * @param distanceCounts by distance symbol, each at least 1
     */
    void set(int[] literalCounts, int[] distanceCounts) {
        byte[] literalLengths = CodeLengths.of(literalCounts, MAX_BITS);
        byte[] distanceLengths = CodeLengths.of(distanceCounts, MAX_BITS);
        TokenOutput out = new TokenOutput();
        out.begin(new byte[512], 0);
        putHeader(literalLengths, distanceLengths, out);
        header = out.bytes();
        headerBits = 8 * out.at() + out.spareBits();
        fill(literalLengths, distanceLengths);
    }

    /** Canonical codes, their first bit lowest. */
    private static int[] codes(byte[] lengths) {
        int[] perLength = new int[17];
        for (byte length : lengths) {
            perLength[length]++;
        }
        perLength[0] = 0;
        int[] next = new int[17];
        for (int length = 1; length < next.length; length++) {
            next[length] = (next[length - 1] + perLength[length - 1]) << 1;
        }
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = entry(Integer.reverse(next[length]++) >>> (Integer.SIZE - length), length);
            }
        }
        return codes;
    }

    private static void putHeader(byte[] literalLengths, byte[] distanceLengths, TokenOutput out) {
        byte[] all = Arrays.copyOf(literalLengths, literalLengths.length + distanceLengths.length);
        System.arraycopy(distanceLengths, 0, all, literalLengths.length, distanceLengths.length);
        int[] counts = new int[CODE_LENGTH_ORDER.length];
        forEachRun(all, (length, repeated) -> counts[repeated > 0 ? REPEAT : length]++);
        byte[] lengths = CodeLengths.of(counts, MAX_CODE_LENGTH_BITS);
        int[] codes = codes(lengths);
        int count = CODE_LENGTH_ORDER.length;
        while (lengths[CODE_LENGTH_ORDER[count - 1]] == 0) {
            count--;
        }
        out.put(0b100, 3); // not the last block, with codes of its own
        out.put(literalLengths.length - 257, 5);
        out.put(distanceLengths.length - 1, 5);
        out.put(count - 4, 4);
        out.flush();
        for (int i = 0; i < count; i++) {
            out.put(lengths[CODE_LENGTH_ORDER[i]], 3);
            out.flush();
        }
        forEachRun(all, (length, repeated) -> {
            int code = codes[repeated > 0 ? REPEAT : length];
            out.put(code >>> BITS_AT, code & NUMBER);
            if (repeated > 0) {
                out.put(repeated - MIN_REPEAT, REPEAT_BITS);
            }
            out.flush();
        });
    }

    @FunctionalInterface
    private interface RunVisitor {
        /** A length, or, if the second is not 0, that the one before comes so many times more. */
        void visit(int length, int repeated);
    }

    private static void forEachRun(byte[] lengths, RunVisitor visitor) {
        for (int i = 0; i < lengths.length; ) {
            int end = i + 1;
            while (end < lengths.length && lengths[end] == lengths[i]) {
                end++;
            }
            visitor.visit(lengths[i], 0);
            int rest = end - i - 1;
            while (rest >= MIN_REPEAT) {
                int repeated = Math.min(rest, MAX_REPEAT);
                visitor.visit(lengths[i], repeated);
                rest -= repeated;
            }
            for (; rest > 0; rest--) {
                visitor.visit(lengths[i], 0);
            }
            i = end;
        }
    }

    /** Begins a block with these codes; there is room for 512 bytes. */
    void begin(TokenOutput out) {
        int left = headerBits;
        for (int i = 0; left > 0; i++) {
            int n = Math.min(left, 8);
            out.put(header[i] & 0xff & ((1 << n) - 1), n);
            out.flush();
            left -= n;
        }
    }

    /** Ends the block. */
    void end(TokenOutput out) {
        out.put(endOfBlock >>> BITS_AT, endOfBlock & NUMBER);
        out.flush();
    }
}
