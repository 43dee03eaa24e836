package dev.penstock.client.flags;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings a property's value into one of the few forms that matchers know: null, {@link Boolean}, {@link String}, {@link
 * Long}, {@link BigInteger}, {@link Double}, and unmodifiable lists and maps of these.
 *
 * <p>What has no such form, or throws while it is read, is {@link #UNUSABLE}: leaving a property out makes the filters
 * on it inconclusive, and that is never wrong.
 */
final class ContextValue {

    /** No form is known for the value. */
    static final Object UNUSABLE = new Object();

    private static final int MAX_DEPTH = 16;
    private static final int LONG_BITS = 63;

    private ContextValue() {}

    static Object of(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        try {
            return convert(value, 0);
        } catch (Throwable e) {
            return UNUSABLE;
        }
    }

    private static Object convert(Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Optional<?> optional) {
            return convert(optional.orElse(null), depth);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime()).toString(); // a java.sql.Date has no instant
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime().toString(); // without the name of the region
        }
        if (isText(value)) {
            return value.toString();
        }
        if (depth == MAX_DEPTH) {
            return UNUSABLE;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth + 1);
        }
        if (value instanceof Iterable<?> elements) {
            return list(elements, depth + 1);
        }
        return value.getClass().isArray() ? array(value, depth + 1) : UNUSABLE;
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence
                || value instanceof Character
                || value instanceof UUID
                || value instanceof Temporal
                || value instanceof TemporalAmount
                || value instanceof URI
                || value instanceof URL
                || value instanceof Locale
                || value instanceof Path;
    }

    private static Object number(Number number) {
        if (number instanceof Long || number instanceof Double) {
            return number;
        }
        if (number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong) {
            return number.longValue();
        }
        if (number instanceof BigInteger big) {
            return big.bitLength() <= LONG_BITS ? (Object) big.longValue() : big;
        }
        if (number instanceof Float) {
            return Double.valueOf(number.toString()); // 0.1f means 0.1
        }
        if (number instanceof BigDecimal) {
            return number.doubleValue();
        }
        return UNUSABLE;
    }

    private static Object map(Map<?, ?> map, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = convert(entry.getValue(), depth);
            if (value == UNUSABLE || entry.getKey() == null) {
                return UNUSABLE;
            }
            copy.put(entry.getKey().toString(), value);
        }
        return Collections.unmodifiableMap(copy);
    }

    private static Object list(Iterable<?> elements, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object element : elements) {
            Object value = convert(element, depth);
            if (value == UNUSABLE) {
                return UNUSABLE;
            }
            copy.add(value);
        }
        return Collections.unmodifiableList(copy);
    }

    private static Object array(Object array, int depth) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return list(elements, depth);
    }
}
