package dev.penstock.engine.deflate;

/**
 * How lengths and distances of matches are told.
 *
 * <p><b>Source:</b> RFC 1951, section 3.2.5.
 */
final class Matches {

    static final int MIN_LENGTH = 3;
    static final int MAX_LENGTH = 258;
    static final int MAX_DISTANCE = 32_768;

    /** Symbols of literals, the end of a block, and lengths. */
    static final int LITERALS = 286;

    static final int DISTANCES = 30;
    static final int END = 256;
    private static final int FIRST_LENGTH = 257;

    private static final byte[] LENGTH_SYMBOLS = new byte[MAX_LENGTH + 1];
    private static final short[] LENGTH_BASES = new short[LITERALS - FIRST_LENGTH];

    static {
        int length = MIN_LENGTH;
        for (int i = 0; i < LENGTH_BASES.length; i++) {
            LENGTH_BASES[i] = (short) length;
            for (int end = length + (1 << extraBits(i)); length < end && length <= MAX_LENGTH; length++) {
                LENGTH_SYMBOLS[length] = (byte) i;
            }
        }
        // The longest has a symbol of its own.
        LENGTH_BASES[LENGTH_BASES.length - 1] = MAX_LENGTH;
        LENGTH_SYMBOLS[MAX_LENGTH] = (byte) (LENGTH_BASES.length - 1);
    }

    private Matches() {}

    private static int extraBits(int i) {
        return i < 8 || i == LITERALS - FIRST_LENGTH - 1 ? 0 : (i >>> 2) - 1;
    }

    /** How much of a long match goes first, so that no part is too short. */
    static int firstPart(int left) {
        int rest = left - MAX_LENGTH;
        return rest <= 0 ? left : rest < MIN_LENGTH ? MAX_LENGTH - MIN_LENGTH : MAX_LENGTH;
    }

    static int lengthSymbol(int length) {
        return FIRST_LENGTH + LENGTH_SYMBOLS[length];
    }

    static int lengthExtraBits(int length) {
        return extraBits(LENGTH_SYMBOLS[length]);
    }

    static int lengthExtra(int length) {
        return length - LENGTH_BASES[LENGTH_SYMBOLS[length]];
    }

    /** From 1 to {@link #MAX_DISTANCE}. */
    static int distanceSymbol(int distance) {
        int rest = distance - 1;
        if (rest < 2) {
            return rest;
        }
        int log = 31 - Integer.numberOfLeadingZeros(rest);
        return 2 * log + ((rest >>> (log - 1)) & 1);
    }
}
