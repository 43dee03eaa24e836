package dev.penstock.engine.encode;

/**
 * The Adler-32 of two parts put together, from the Adler-32 of each.
 *
 * <p>Its lower half is one more than the sum of all bytes, its upper half the sum of all values the lower half has had,
 * both modulo 65521. Behind the first part every value of the lower half is larger by the sum of that part's bytes.
 */
final class Adler32Combination {

    private static final int MODULUS = 65_521;

    private Adler32Combination() {}

    /** The Adler-32 of first followed by second. */
    static int combine(int first, int second, long lengthOfSecond) {
        long sumOfFirst = Math.floorMod((first & 0xFFFF) - 1, MODULUS);
        long lower = (sumOfFirst + (second & 0xFFFF)) % MODULUS;
        long upper = ((first >>> 16) + (second >>> 16) + lengthOfSecond % MODULUS * sumOfFirst) % MODULUS;
        return (int) (upper << 16 | lower);
    }
}
