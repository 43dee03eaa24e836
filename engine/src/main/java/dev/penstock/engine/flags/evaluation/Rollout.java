package dev.penstock.engine.flags.evaluation;

/**
 * Percentages as bounds on a hash's 60 bits, so that an evaluation compares two integers.
 *
 * <p>The rule is one on doubles, {@code n / 2^60 <= percentage / 100}, where the conversion of {@code n} rounds. It never
 * decreases with {@code n}, so one bound says exactly the same.
 */
final class Rollout {

    /** The bound of those who are all let in. */
    static final long EVERYBODY = Long.MAX_VALUE;

    /** The bound of those of whom none is let in. */
    static final long NOBODY = -1;

    private static final long HASHES = 1L << 60;

    private Rollout() {}

    /** The last hash that is let in. */
    static long bound(double percentage) {
        double share = percentage / 100.0;
        if (share >= 1.0) {
            return EVERYBODY;
        }
        return first(share, true) - 1;
    }

    /** How many hashes lie below a share. */
    static long below(double share) {
        return first(share, false);
    }

    /** A hash as the share it stands for. */
    static double share(long hash) {
        return (double) hash / 0x1p60;
    }

    /** The first hash beyond the share, or not below it. */
    private static long first(double share, boolean beyond) {
        long low = 0;
        long high = HASHES;
        while (low < high) {
            long middle = (low + high) >>> 1;
            double hash = share(middle);
            if (beyond ? hash <= share : hash < share) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
