package dev.penstock.client.errors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies values that JSON can say, and no others. */
final class JsonCopy {

    /** Deeper values are not copied; whatever contains itself is deeper. */
    private static final int MAX_DEPTH = 8;

    /** So that a value cannot outgrow the event it is a part of. */
    private static final int MAX_VALUES = 256;

    /** Of all texts, names and large numbers. */
    static final int MAX_CHARS = 8_192;

    private static final long LOG_10_OF_2_IN_4096THS = 1_233;

    private int values;
    private long chars;

    private JsonCopy() {}

    /**
     * An immutable copy; empty for null, for what is not plain JSON anywhere within, for what is too large, and for what fails
     * when it is read.
     */
    static Optional<Object> of(Object value) {
        try {
            return Optional.ofNullable(new JsonCopy().copy(value, MAX_DEPTH));
        } catch (Throwable e) {
            // A collection of the caller's own that cannot be read is not plain JSON.
            return Optional.empty();
        }
    }

    /** The copy, or null. */
    private Object copy(Object value, int depth) {
        if (depth < 0 || ++values > MAX_VALUES) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof List<?> list) {
            return list(list, depth);
        }
        return isScalar(value) && takes(chars(value)) ? value : null;
    }

    private Object map(Map<?, ?> map, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = copy(entry.getValue(), depth - 1);
            if (value == null || !(entry.getKey() instanceof String key) || !takes(key.length())) {
                return null;
            }
            copy.put(key, value);
        }
        return Collections.unmodifiableMap(copy);
    }

    private Object list(List<?> list, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object item : list) {
            Object value = copy(item, depth - 1);
            if (value == null) {
                return null;
            }
            copy.add(value);
        }
        return Collections.unmodifiableList(copy);
    }

    private boolean takes(long more) {
        chars += more;
        return chars <= MAX_CHARS;
    }

    /** How long a scalar is written out; zero for what is always short. */
    private static long chars(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof BigInteger number) {
            return digits(number);
        }
        return value instanceof BigDecimal number
                ? digits(number.unscaledValue()) + Math.abs((long) number.scale())
                : 0;
    }

    /** No fewer than there are, in time that does not grow with them. */
    private static long digits(BigInteger number) {
        return number.bitLength() * LOG_10_OF_2_IN_4096THS / 4096 + 2;
    }

    private static boolean isScalar(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        if (value instanceof Float number) {
            return Float.isFinite(number);
        }
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || isExactly(value, BigDecimal.class)
                || isExactly(value, BigInteger.class);
    }

    /** These two may be subclassed, and then changed at will. */
    private static boolean isExactly(Object value, Class<?> type) {
        return value != null && value.getClass() == type;
    }
}
