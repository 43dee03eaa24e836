package dev.penstock.engine.flags.result;

import dev.penstock.client.flags.FlagValue;

/**
 * Digests a key and a value into 64 well mixed bits, so that uses of flags can be told apart without comparing texts.
 *
 * <p>Not built on {@link String#hashCode()}: of its 32 bits {@code "Aa"} and {@code "BB"} already share all.
 */
final class UsageFingerprint {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    /** What no variant's key can be taken for. */
    private static final int MISSING = 0x1_0000;

    private static final int FALSE = 0x2_0000;
    private static final int TRUE = 0x3_0000;
    private static final int VARIANT = 0x4_0000;

    private UsageFingerprint() {}

    static long of(String key, FlagValue value) {
        long hash = with(GOLDEN, key);
        if (value.isVariant()) {
            hash = with(with(hash, VARIANT), value.variant());
        } else if (value.isMissing()) {
            hash = with(hash, MISSING);
        } else {
            hash = with(hash, value.isEnabled() ? TRUE : FALSE);
        }
        return mixed(hash);
    }

    private static long with(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = with(result, text.charAt(i));
        }
        return result;
    }

    private static long with(long hash, int unit) {
        long product = (hash ^ unit) * GOLDEN;
        return product ^ product >>> 29;
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
