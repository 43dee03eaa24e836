package dev.penstock.engine.flags.matcher;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The text that stands for a property's value wherever texts are compared. */
public final class PropertyText {

    /** Values nested deeper than this have no text. */
    private static final int MAX_DEPTH = 100;

    private PropertyText() {}

    /**
     * The text of a value: strings as they are, {@code null}, {@code true}, digits; {@code 1.0} keeps its fraction;
     * lists and maps as compact JSON with sorted keys.
     *
     * @throws IllegalArgumentException if the value is not one that properties hold, not finite, or nested too deep
     */
    public static String of(Object value) {
        if (!exists(value)) {
            throw new IllegalArgumentException("a property's value must be null, a Boolean, String, Long, BigInteger,"
                    + " finite Double, or a List or Map of such");
        }
        return of(value, DoubleSpelling.LATE_EXPONENT);
    }

    /** Only for values whose text {@link #exists}. */
    static String of(Object value, DoubleSpelling spelling) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return spelling.spell(number);
        }
        if (value instanceof Collection || value instanceof Map) {
            return new CompactJson(spelling).write(value);
        }
        return String.valueOf(value);
    }

    /** Whether the value is one that properties hold, down to its last element. */
    static boolean exists(Object value) {
        return exists(value, MAX_DEPTH);
    }

    private static boolean exists(Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return true;
        }
        if (value instanceof Number) {
            return value instanceof Long
                    || value instanceof BigInteger
                    || (value instanceof Double number && Double.isFinite(number));
        }
        if (depth == 0) {
            return false;
        }
        if (value instanceof List<?> list) {
            return allExist(list, depth - 1);
        }
        return value instanceof Map<?, ?> map && allKeysAreText(map) && allExist(map.values(), depth - 1);
    }

    private static boolean allExist(Collection<?> values, int depth) {
        for (Object value : values) {
            if (!exists(value, depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allKeysAreText(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
