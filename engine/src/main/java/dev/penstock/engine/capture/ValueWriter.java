package dev.penstock.engine.capture;

import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.TypedValue;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a value of any type into a record: maps, collections, arrays and records are walked here, under the depth and
 * cycle rules; only what no rule covers goes to {@link ObjectSerializer}.
 *
 * <p>User code runs here (iteration, {@code toString}, getters) and may throw anything. Whatever was written of a value
 * that throws is taken back and the value is null, and counted; its neighbours are not harmed.
 *
 * <p><b>Threads:</b> one at a time, the capturing one. A nested capture from a {@code toString} uses another instance.
 * <b>Source:</b> the value rules of the README's property table.
 */
final class ValueWriter {

    /** Objects and arrays deeper than this become null; the event's properties are level 0. */
    static final int MAX_DEPTH = 16;

    /** A plain decimal has as many digits as its scale says, and a scale may be in the billions. */
    private static final int MAX_PLAIN_SCALE = 1_000;

    private final RecordWriter writer;
    private final CaptureContext context;
    private final int stripe;

    /** What was read back from JSON may have a serialized object below the last level. */
    private static final int MAX_READ_BACK_DEPTH = 2 * MAX_DEPTH;

    /** The containers being written: the map of all properties, if there is one, and below it the nested ones. */
    private final Object[] path = new Object[MAX_READ_BACK_DEPTH + 1];

    private int maxDepth = MAX_DEPTH;

    private int depth;

    ValueWriter(RecordWriter writer, CaptureContext context, int stripe) {
        this.writer = writer;
        this.context = context;
        this.stripe = stripe;
    }

    /** As {@link #putAll}, of properties that were read back and may go as deep as what they were read from. */
    void putReadBack(Map<?, ?> properties, EventDraft draft, EventStamp stamp) {
        maxDepth = MAX_READ_BACK_DEPTH;
        try {
            putAll(properties, draft, stamp);
        } finally {
            maxDepth = MAX_DEPTH;
        }
    }

    /** Writes a map as one property, with the depth that its entries would have as properties themselves. */
    void putOne(String key, Map<?, ?> properties) {
        maxDepth = MAX_DEPTH + 1;
        try {
            put(key, null, properties);
        } finally {
            maxDepth = MAX_DEPTH;
        }
    }

    /** Writes the entries of a map as properties. What was read before the map threw is kept. */
    void putAll(Map<?, ?> properties, EventDraft draft, EventStamp stamp) {
        try {
            path[0] = properties;
            for (Map.Entry<?, ?> entry : properties.entrySet()) {
                String key = keyText(entry.getKey());
                if (key != null && isForCaller(key, draft)) {
                    Object value = entry.getValue();
                    put(key, null, value);
                    stamp.note(key, value);
                }
                if (writer.isTooLarge()) {
                    break;
                }
            }
        } catch (Throwable e) {
            replaced(e);
        } finally {
            path[0] = null;
        }
    }

    /** Whether the caller may set a property of this name; if not, it is ignored and said to whoever has asked for details. */
    boolean isForCaller(String key, EventDraft draft) {
        boolean accepted = draft.accepts(key);
        if (!accepted) {
            context.errors()
                    .noteAnswered(
                            System.Logger.Level.DEBUG,
                            "reserved property",
                            1,
                            "a property is ignored because the client sets it itself: " + key);
        }
        return accepted;
    }

    /** Writes one entry that belongs to another object than the properties. */
    void putInSpace(int space, String key, Object value) {
        writer.space(space);
        try {
            put(key, null, value);
        } finally {
            writer.space(RecordLayout.SPACE_PROPERTIES);
        }
    }

    /** Writes the entries of a map into another object than the properties. What was read before the map threw is kept. */
    void putAllInSpace(int space, Map<?, ?> entries) {
        try {
            path[0] = entries;
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                String key = keyText(entry.getKey());
                if (key != null) {
                    putInSpace(space, key, entry.getValue());
                }
                if (writer.isTooLarge()) {
                    break;
                }
            }
        } catch (Throwable e) {
            replaced(e);
        } finally {
            path[0] = null;
        }
    }

    /** Writes one property, or one entry of a nested object; {@code registered} may be null. */
    void put(String key, PropertyKey registered, Object value) {
        long mark = writer.mark();
        long state = writer.state();
        int depthBefore = depth;
        try {
            write(key, registered, value);
        } catch (Throwable e) {
            writer.reset(mark, state);
            while (depth > depthBefore) {
                path[depth--] = null;
            }
            replaced(e);
            head(key, registered, RecordLayout.NULL);
        }
    }

    private void head(String key, PropertyKey registered, byte type) {
        if (registered != null) {
            writer.key(registered, type);
        } else if (key != null) {
            writer.key(key, type);
        } else {
            writer.element(type);
        }
    }

    private void string(String key, PropertyKey registered, String value) {
        if (value == null) {
            head(key, registered, RecordLayout.NULL);
        } else {
            head(key, registered, RecordLayout.STRING);
            writer.stringValue(value);
        }
    }

    private void raw(String key, PropertyKey registered, String json) {
        head(key, registered, RecordLayout.RAW);
        writer.stringValue(json);
    }

    /** A subclass may say anything; only what is a number in JSON goes out as one. */
    private void number(String key, PropertyKey registered, String text) {
        if (NumberText.isJson(text)) {
            raw(key, registered, text);
        } else {
            string(key, registered, text);
        }
    }

    private void integer(String key, PropertyKey registered, long value) {
        head(key, registered, RecordLayout.LONG);
        writer.longValue(value);
    }

    private void write(String key, PropertyKey registered, Object value) {
        if (value instanceof String text) {
            string(key, registered, text);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            integer(key, registered, ((Number) value).longValue());
        } else if (value instanceof Boolean bool) {
            head(key, registered, bool ? RecordLayout.TRUE : RecordLayout.FALSE);
        } else if (value instanceof Double number) {
            real(key, registered, number);
        } else if (value == null) {
            head(key, registered, RecordLayout.NULL);
        } else if (value instanceof Float number) {
            single(key, registered, number);
        } else if (value instanceof Map<?, ?> map) {
            object(key, registered, map);
        } else if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
            array(key, registered, items);
        } else {
            writeScalar(key, registered, value);
        }
    }

    private void writeScalar(String key, PropertyKey registered, Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            string(key, registered, value.toString());
        } else if (value instanceof Enum<?> constant) {
            string(key, registered, constant.name());
        } else if (value instanceof UUID uuid) {
            head(key, registered, RecordLayout.UUID);
            writer.uuidValue(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } else if (value instanceof BigDecimal number) {
            number(
                    key,
                    registered,
                    Math.abs((long) number.scale()) > MAX_PLAIN_SCALE ? number.toString() : number.toPlainString());
        } else if (value instanceof BigInteger number) {
            number(key, registered, number.toString());
        } else if (value instanceof AtomicInteger || value instanceof AtomicLong) {
            integer(key, registered, ((Number) value).longValue());
        } else if (value instanceof AtomicBoolean bool) {
            head(key, registered, bool.get() ? RecordLayout.TRUE : RecordLayout.FALSE);
        } else if (value instanceof byte[] bytes) {
            string(key, registered, Base64.getEncoder().encodeToString(bytes));
        } else if (value.getClass().isArray()) {
            arrayOf(key, registered, value);
        } else if (isText(value)) {
            string(key, registered, value.toString());
        } else {
            writeTime(key, registered, value);
        }
    }

    private static boolean isText(Object value) {
        return value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof Duration
                || value instanceof Period
                || value instanceof Year
                || value instanceof YearMonth
                || value instanceof URI
                || value instanceof URL
                || value instanceof Locale
                || value instanceof java.nio.file.Path;
    }

    private void writeTime(String key, PropertyKey registered, Object value) {
        if (value instanceof Instant time) {
            instant(key, registered, time);
        } else if (value instanceof OffsetDateTime time) {
            instant(key, registered, time.toInstant());
        } else if (value instanceof ZonedDateTime time) {
            instant(key, registered, time.toInstant());
        } else if (value instanceof Date date) {
            instant(key, registered, Instant.ofEpochMilli(date.getTime()));
        } else if (value instanceof Optional<?> optional) {
            write(key, registered, optional.orElse(null));
        } else if (value instanceof OptionalInt optional) {
            write(key, registered, optional.isPresent() ? (Object) optional.getAsInt() : null);
        } else if (value instanceof OptionalLong optional) {
            write(key, registered, optional.isPresent() ? (Object) optional.getAsLong() : null);
        } else if (value instanceof OptionalDouble optional) {
            write(key, registered, optional.isPresent() ? (Object) optional.getAsDouble() : null);
        } else if (value instanceof TypedValue typed) {
            object(key, registered, typed.asMap());
        } else if (value instanceof Record) {
            components(key, registered, value);
        } else {
            object(key, registered, value);
        }
    }

    private void real(String key, PropertyKey registered, double value) {
        if (Double.isFinite(value)) {
            head(key, registered, RecordLayout.DOUBLE);
            writer.doubleValue(value);
        } else {
            context.counters().countValueReplaced(stripe);
            head(key, registered, RecordLayout.NULL);
        }
    }

    private void single(String key, PropertyKey registered, float value) {
        if (Float.isFinite(value)) {
            head(key, registered, RecordLayout.FLOAT);
            writer.floatValue(value);
        } else {
            context.counters().countValueReplaced(stripe);
            head(key, registered, RecordLayout.NULL);
        }
    }

    private void instant(String key, PropertyKey registered, Instant time) {
        if (EventStamp.isWritable(time.getEpochSecond())) {
            head(key, registered, RecordLayout.INSTANT);
            writer.instantValue(time.getEpochSecond(), time.getNano());
        } else {
            string(key, registered, time.toString());
        }
    }

    private void object(String key, PropertyKey registered, Map<?, ?> map) {
        if (!enter(map, key, registered, RecordLayout.OBJECT)) {
            return;
        }
        Set<String> seen = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String) && seen == null) {
                seen = textKeys(map);
            }
            String name = keyText(entry.getKey());
            if (name != null && (entry.getKey() instanceof String || seen.add(name))) {
                put(name, null, entry.getValue());
            }
            if (writer.isTooLarge()) {
                break; // an endless map ends here
            }
        }
        leave();
    }

    /** The names that strings have taken in a map whose other keys become text, and might repeat one of them. */
    private static Set<String> textKeys(Map<?, ?> map) {
        Set<String> names = new HashSet<>();
        for (Object key : map.keySet()) {
            if (key instanceof String text) {
                names.add(text);
            }
        }
        return names;
    }

    private void array(String key, PropertyKey registered, Iterable<?> items) {
        if (!enter(items, key, registered, RecordLayout.ARRAY)) {
            return;
        }
        for (Object item : items) {
            put(null, null, item);
            if (writer.isTooLarge()) {
                break; // an endless iterable ends here
            }
        }
        leave();
    }

    private void arrayOf(String key, PropertyKey registered, Object array) {
        if (!enter(array, key, registered, RecordLayout.ARRAY)) {
            return;
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length && !writer.isTooLarge(); i++) {
            put(null, null, Array.get(array, i));
        }
        leave();
    }

    private void components(String key, PropertyKey registered, Object value) {
        RecordComponents components = context.objects().components(value.getClass());
        if (components == null) {
            object(key, registered, value);
            return;
        }
        if (!enter(value, key, registered, RecordLayout.OBJECT)) {
            return;
        }
        for (int i = 0; i < components.size(); i++) {
            component(components, i, value);
        }
        leave();
    }

    private void component(RecordComponents components, int i, Object value) {
        Object component = null;
        try {
            component = components.value(i, value);
        } catch (Throwable e) {
            replaced(e);
        }
        put(components.name(i), null, component);
    }

    private void object(String key, PropertyKey registered, Object value) {
        String json = context.objects()
                .toJson(value, context.maxEventBytes(), () -> context.counters().countValueReplaced(stripe));
        if (json == null) {
            context.counters().countValueReplaced(stripe);
            head(key, registered, RecordLayout.NULL);
        } else {
            raw(key, registered, json);
        }
    }

    /** Begins a container, unless it is too deep or contains itself; then it writes null and answers false. */
    private boolean enter(Object container, String key, PropertyKey registered, byte type) {
        boolean allowed = depth < maxDepth;
        for (int i = 0; i <= depth && allowed; i++) {
            allowed = path[i] != container;
        }
        if (!allowed) {
            context.counters().countValueReplaced(stripe);
            head(key, registered, RecordLayout.NULL);
            return false;
        }
        path[++depth] = container;
        head(key, registered, type);
        return true;
    }

    private void leave() {
        path[depth--] = null;
        writer.element(RecordLayout.END);
    }

    private String keyText(Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key != null) {
            try {
                String text = String.valueOf(key);
                if (text != null) {
                    return text;
                }
            } catch (Throwable e) {
                replaced(e);
                return null;
            }
        }
        context.counters().countValueReplaced(stripe);
        return null;
    }

    private void replaced(Throwable e) {
        context.counters().countValueReplaced(stripe);
        context.errors()
                .note(
                        System.Logger.Level.DEBUG,
                        "value threw " + e.getClass().getName(),
                        1,
                        "a property value threw " + e.getClass().getName()
                                + " while it was read and was replaced by null",
                        null);
    }
}
