package dev.penstock.engine.flags.definitions;

import java.util.List;
import java.util.Map;

/** Digests parsed JSON into 64 well mixed bits. The order of an object's fields has no effect, that of a list has. */
final class JsonDigest {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    /** Seeds differ beyond what a char can make good for: the number 1 must not be taken for the text "2". */
    private static final long NAME = 1L << 32;

    private static final long TEXT = 2L << 32;
    private static final long OTHER = 3L << 32;

    private JsonDigest() {}

    static long of(Object value) {
        if (value == null) {
            return mixed(1);
        }
        if (value instanceof Map<?, ?> map) {
            long sum = 2;
            for (Map.Entry<?, ?> field : map.entrySet()) {
                sum += mixed(text((String) field.getKey(), NAME) + GOLDEN * of(field.getValue()));
            }
            return mixed(sum);
        }
        if (value instanceof List<?> list) {
            long hash = 4;
            for (Object element : list) {
                hash = mixed(hash + GOLDEN) + of(element);
            }
            return mixed(hash);
        }
        if (value instanceof String text) {
            return mixed(text(text, TEXT));
        }
        // 1 and 1.0 have different texts.
        return mixed(text(value.toString(), OTHER));
    }

    private static long text(String text, long seed) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * GOLDEN;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
