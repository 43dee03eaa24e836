package dev.penstock.benchmarks.layout;

/**
 * Version 7 UUIDs from a private xorshift state: unique enough to be honest work, and repeatable for the check.
 * <p>
 * <b>Threads:</b> one at a time. <b>Allocation:</b> none.
 */
final class UuidSource {
    private long state;

    UuidSource(long seed) {
        state = (seed | 1) * 0x9E37_79B9_7F4A_7C15L;
    }

    /** The upper half: time, version and 12 random bits. */
    long most(long epochMillis) {
        return epochMillis << 16 | 0x7000L | next() >>> 52;
    }

    /** The lower half: variant and 62 random bits. */
    long least() {
        return 0x8000_0000_0000_0000L | next() >>> 2;
    }

    private long next() {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        state = x;
        return x;
    }
}
