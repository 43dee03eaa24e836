package dev.penstock.engine.capture;

import dev.penstock.client.PropertyKey;
import dev.penstock.engine.record.RegisteredKey;
import java.time.Instant;
import java.util.UUID;

/**
 * The time and the UUID of the event being filled: the caller's, or made once, at the end, from the coarse clock and this
 * scratch's own random state.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class EventStamp {

    /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: four digits of year are what the wire has room for. */
    private static final long MIN_EPOCH_SECOND = -62_167_219_200L;

    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final CaptureContext context;
    private final UuidGenerator uuids = new UuidGenerator();

    private boolean hasUuid;
    private long uuidHigh;
    private long uuidLow;
    private boolean hasTime;
    private long epochSecond;
    private int nanos;
    private boolean hasPropertyTime;
    private long propertyEpochSecond;
    private int propertyNanos;

    EventStamp(CaptureContext context) {
        this.context = context;
    }

    void begin() {
        hasUuid = false;
        hasTime = false;
        hasPropertyTime = false;
    }

    /** Null means a new one. */
    void uuid(UUID uuid) {
        if (uuid == null) {
            hasUuid = false;
        } else {
            uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }
    }

    void uuid(long high, long low) {
        hasUuid = true;
        uuidHigh = high;
        uuidLow = low;
    }

    /** Null means now. False if the wire has no room for it. */
    boolean time(Instant time) {
        if (time == null) {
            hasTime = false;
            return true;
        }
        return time(time.getEpochSecond(), time.getNano());
    }

    boolean time(long epochMillis) {
        return time(Math.floorDiv(epochMillis, 1_000L), (int) Math.floorMod(epochMillis, 1_000L) * 1_000_000);
    }

    private boolean time(long second, int nano) {
        hasTime = isWritable(second);
        if (hasTime) {
            epochSecond = second;
            nanos = nano;
        }
        return hasTime;
    }

    /** Whether the wire has room for a time. */
    static boolean isWritable(long second) {
        return second >= MIN_EPOCH_SECOND && second <= MAX_EPOCH_SECOND;
    }

    /** Takes a property {@code $timestamp} as the event's time, unless one was or will be given. */
    void note(String key, Object value) {
        if (isTimestamp(key)) {
            propertyTime(value);
        }
    }

    /** As {@link #note(String, Object)}; the number becomes an object only if it is a time. */
    void noteLong(String key, long value) {
        if (isTimestamp(key)) {
            propertyTime(value);
        }
    }

    /** As {@link #note(String, Object)}, by a key that may know what it is. */
    void note(PropertyKey key, Object value) {
        if (isTimestamp(key)) {
            propertyTime(value);
        }
    }

    /** As {@link #noteLong(String, long)}, by a key that may know what it is. */
    void noteLong(PropertyKey key, long value) {
        if (isTimestamp(key)) {
            propertyTime(value);
        }
    }

    private static boolean isTimestamp(PropertyKey key) {
        return key instanceof RegisteredKey registered ? registered.isTimestamp() : isTimestamp(key.name());
    }

    private static boolean isTimestamp(String key) {
        return key.length() == 10 && key.charAt(0) == '$' && key.equals("$timestamp");
    }

    private void propertyTime(Object value) {
        Instant time = TimestampReader.read(value);
        if (time != null && isWritable(time.getEpochSecond())) {
            hasPropertyTime = true;
            propertyEpochSecond = time.getEpochSecond();
            propertyNanos = time.getNano();
        }
    }

    /** Makes what the caller has not given. */
    void complete(long millis) {
        if (!hasUuid) {
            makeUuid(millis);
        }
        if (hasTime) {
            return;
        }
        if (hasPropertyTime) {
            epochSecond = propertyEpochSecond;
            nanos = propertyNanos;
        } else {
            epochSecond = Math.floorDiv(millis, 1_000L);
            nanos = (int) Math.floorMod(millis, 1_000L) * 1_000_000;
        }
    }

    /** As {@link #complete}, where a property means nothing but itself. */
    void completeWithoutProperties(long millis) {
        hasPropertyTime = false;
        complete(millis);
    }

    /** Makes the UUID before its time, if the caller has given none. */
    void settleUuid(long millis) {
        if (!hasUuid) {
            makeUuid(millis);
            hasUuid = true;
        }
    }

    private void makeUuid(long millis) {
        if (context.idSource() == null || !customUuid()) {
            uuids.next(millis);
            uuidHigh = uuids.high();
            uuidLow = uuids.low();
        }
    }

    /** An id source of the user's may fail; then the event gets an id of ours. */
    private boolean customUuid() {
        try {
            UUID uuid = context.idSource().get();
            uuidHigh = uuid.getMostSignificantBits();
            uuidLow = uuid.getLeastSignificantBits();
            return true;
        } catch (Throwable e) {
            context.errors().warn("id source failed", "the configured id source failed, UUIDv7 is used instead", e);
            return false;
        }
    }

    /** For an event that is about nobody. */
    String randomId(long millis) {
        uuids.next(millis);
        return new UUID(uuids.high(), uuids.low()).toString();
    }

    long uuidHigh() {
        return uuidHigh;
    }

    long uuidLow() {
        return uuidLow;
    }

    long epochSecond() {
        return epochSecond;
    }

    int nanos() {
        return nanos;
    }
}
