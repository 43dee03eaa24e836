package dev.penstock.engine.encode;

/**
 * The CRC-32 of two parts put together, from the CRC-32 of each.
 *
 * <p>Appending n bytes multiplies the first part's remainder by x to the power 8n, modulo the CRC's polynomial, over
 * GF(2). Bits are reflected, as in gzip: the highest bit is the coefficient of x to the power 0.
 */
final class Crc32Combination {

    private static final int POLYNOMIAL = 0xEDB8_8320;
    private static final int ONE = 1 << 31;

    /** x to the power 2^k. */
    private static final int[] POWERS = new int[32];

    static {
        POWERS[0] = 1 << 30;
        for (int k = 1; k < POWERS.length; k++) {
            POWERS[k] = multiply(POWERS[k - 1], POWERS[k - 1]);
        }
    }

    private Crc32Combination() {}

    /** The CRC of first followed by second. */
    static int combine(int crcOfFirst, int crcOfSecond, long lengthOfSecond) {
        int factor = ONE;
        int k = 3; // bytes to bits
        for (long n = lengthOfSecond; n != 0; n >>>= 1) {
            if ((n & 1) != 0) {
                factor = multiply(factor, POWERS[k & 31]);
            }
            k++;
        }
        return multiply(factor, crcOfFirst) ^ crcOfSecond;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = 31; bit >= 0; bit--) {
            if ((a >>> bit & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
