package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordWriter;
import dev.penstock.engine.record.RegisteredKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One event being filled: the builder users see, over a record of its own.
 *
 * <p>Why it is shaped so: every typed {@code put} is a few stores into the record; the general values go to {@code
 * ValueWriter}. Time and UUID are stamped once, at the end, from the coarse clock and this scratch's own random state.
 * Guarded by {@code CaptureBenchmark}.
 *
 * <p><b>Threads:</b> one at a time, between {@link #tryAcquire()} and {@link #release()}.
 */
public final class EventScratch implements EventBuilder {

    private static final VarHandle IN_USE;

    /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: four digits of year are what the wire has room for. */
    private static final long MIN_EPOCH_SECOND = -62_167_219_200L;

    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    static {
        try {
            IN_USE = MethodHandles.lookup().findVarHandle(EventScratch.class, "inUse", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CaptureContext context;
    private final int stripe;
    private final RecordWriter writer;
    private final ValueWriter values;
    private final UuidGenerator uuids;

    @SuppressWarnings("unused") // through IN_USE
    private boolean inUse;

    private boolean open;
    private String name;
    private String distinctId;
    private boolean hasUuid;
    private long uuidHigh;
    private long uuidLow;
    private boolean hasTimestamp;
    private long epochSecond;
    private int nanos;
    private boolean hasPropertyTimestamp;
    private long propertyEpochSecond;
    private int propertyNanos;
    private AttachedFlags attached;
    private AttachedFlags evaluated;

    /**
     * Makes a scratch.
     *
     * @param context what all scratches of a client share
     * @param stripe the stripe of the counters it uses
     */
    public EventScratch(CaptureContext context, int stripe) {
        this.context = context;
        this.stripe = stripe;
        this.writer = new RecordWriter(context.keys(), context.maxEventBytes());
        this.values = new ValueWriter(writer, context, stripe);
        this.uuids = new UuidGenerator();
    }

    boolean tryAcquire() {
        return !(boolean) IN_USE.getAcquire(this) && IN_USE.compareAndSet(this, false, true);
    }

    /** Gives the scratch back to its pool. */
    public void release() {
        writer.shrink();
        name = null;
        distinctId = null;
        attached = null;
        evaluated = null;
        open = false;
        IN_USE.setRelease(this, false);
    }

    /**
     * Begins an event.
     *
     * @param eventName its name, or null if it comes later
     * @return this
     */
    public EventScratch begin(String eventName) {
        writer.begin();
        open = true;
        name = eventName;
        distinctId = null;
        hasUuid = false;
        hasTimestamp = false;
        hasPropertyTimestamp = false;
        attached = null;
        evaluated = null;
        return this;
    }

    @Override
    public EventScratch event(String eventName) {
        name = eventName;
        return this;
    }

    @Override
    public EventScratch distinctId(String id) {
        distinctId = id;
        return this;
    }

    @Override
    public EventScratch uuid(UUID uuid) {
        hasUuid = uuid != null;
        if (uuid != null) {
            uuidHigh = uuid.getMostSignificantBits();
            uuidLow = uuid.getLeastSignificantBits();
        }
        return this;
    }

    @Override
    public EventScratch uuid(long mostSignificantBits, long leastSignificantBits) {
        hasUuid = true;
        uuidHigh = mostSignificantBits;
        uuidLow = leastSignificantBits;
        return this;
    }

    @Override
    public EventScratch timestamp(Instant timestamp) {
        if (timestamp == null) {
            hasTimestamp = false;
            return this;
        }
        return setTime(timestamp.getEpochSecond(), timestamp.getNano());
    }

    @Override
    public EventScratch timestamp(long epochMillis) {
        return setTime(Math.floorDiv(epochMillis, 1_000L), (int) Math.floorMod(epochMillis, 1_000L) * 1_000_000);
    }

    private EventScratch setTime(long second, int nano) {
        hasTimestamp = isWritable(second);
        if (hasTimestamp) {
            epochSecond = second;
            nanos = nano;
        } else {
            context.counters().countValueReplaced(stripe);
        }
        return this;
    }

    static boolean isWritable(long second) {
        return second >= MIN_EPOCH_SECOND && second <= MAX_EPOCH_SECOND;
    }

    @Override
    public EventScratch group(String type, String key) {
        if (open) {
            if (type == null || type.isBlank() || key == null || key.isBlank()) {
                context.counters().countValueReplaced(stripe);
            } else {
                writer.key(type, RecordLayout.GROUP);
                writer.stringValue(key);
                writer.flag(RecordLayout.FLAG_GROUPS);
            }
        }
        return this;
    }

    @Override
    public EventScratch flags(FlagEvaluations flags) {
        if (open) {
            attached = flags == null ? null : attachment(flags);
        }
        return this;
    }

    /** Evaluations may be an application's own implementation, whose failure does not cost the event. */
    private AttachedFlags attachment(FlagEvaluations flags) {
        try {
            return AttachedFlags.of(flags);
        } catch (RuntimeException e) {
            context.errors().warn("flags not attached", "evaluations could not be read and are not attached", e);
            return null;
        }
    }

    @Override
    public EventScratch sendFeatureFlags(FlagContext subject) {
        if (open) {
            evaluated = subject == null ? null : context.localFlags().apply(subject);
        }
        return this;
    }

    @Override
    public EventScratch put(String key, String value) {
        if (isUsable(key)) {
            if (value == null) {
                writer.key(key, RecordLayout.NULL);
            } else {
                writer.key(key, RecordLayout.STRING);
                writer.stringValue(value);
                noteTimestamp(key, value);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(String key, char value) {
        if (isUsable(key)) {
            writer.key(key, RecordLayout.STRING);
            writer.charValue(value);
        }
        return this;
    }

    @Override
    public EventScratch put(String key, long value) {
        if (isUsable(key)) {
            writer.key(key, RecordLayout.LONG);
            writer.longValue(value);
            if (isTimestamp(key)) {
                propertyTimestamp(value);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(String key, double value) {
        if (isUsable(key)) {
            if (isFinite(value)) {
                writer.key(key, RecordLayout.DOUBLE);
                writer.doubleValue(value);
            } else {
                writer.key(key, RecordLayout.NULL);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(String key, float value) {
        if (isUsable(key)) {
            if (isFinite(value)) {
                writer.key(key, RecordLayout.FLOAT);
                writer.floatValue(value);
            } else {
                writer.key(key, RecordLayout.NULL);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(String key, boolean value) {
        if (isUsable(key)) {
            writer.key(key, value ? RecordLayout.TRUE : RecordLayout.FALSE);
        }
        return this;
    }

    @Override
    public EventScratch put(String key, Object value) {
        if (isUsable(key)) {
            values.put(key, null, value);
            noteTimestamp(key, value);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, String value) {
        if (isUsable(key)) {
            if (value == null) {
                writer.key(key, RecordLayout.NULL);
            } else {
                writer.key(key, RecordLayout.STRING);
                writer.stringValue(value);
                noteTimestamp(key, value);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, char value) {
        if (isUsable(key)) {
            writer.key(key, RecordLayout.STRING);
            writer.charValue(value);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, long value) {
        if (isUsable(key)) {
            writer.key(key, RecordLayout.LONG);
            writer.longValue(value);
            if (isTimestamp(key)) {
                propertyTimestamp(value);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, double value) {
        if (isUsable(key)) {
            if (isFinite(value)) {
                writer.key(key, RecordLayout.DOUBLE);
                writer.doubleValue(value);
            } else {
                writer.key(key, RecordLayout.NULL);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, float value) {
        if (isUsable(key)) {
            if (isFinite(value)) {
                writer.key(key, RecordLayout.FLOAT);
                writer.floatValue(value);
            } else {
                writer.key(key, RecordLayout.NULL);
            }
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, boolean value) {
        if (isUsable(key)) {
            writer.key(key, value ? RecordLayout.TRUE : RecordLayout.FALSE);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, Object value) {
        if (isUsable(key)) {
            values.put(key.name(), key, value);
            noteTimestamp(key, value);
        }
        return this;
    }

    private boolean isUsable(Object key) {
        if (key == null && open) {
            context.counters().countValueReplaced(stripe);
        }
        return key != null && open;
    }

    private boolean isFinite(double value) {
        if (Double.isFinite(value)) {
            return true;
        }
        context.counters().countValueReplaced(stripe);
        return false;
    }

    void noteTimestamp(String key, Object value) {
        if (isTimestamp(key)) {
            propertyTimestamp(value);
        }
    }

    private void noteTimestamp(PropertyKey key, Object value) {
        if (isTimestamp(key)) {
            propertyTimestamp(value);
        }
    }

    private static boolean isTimestamp(PropertyKey key) {
        return key instanceof RegisteredKey registered ? registered.isTimestamp() : isTimestamp(key.name());
    }

    private static boolean isTimestamp(String key) {
        return key.length() == 10 && key.charAt(0) == '$' && key.equals("$timestamp");
    }

    @Override
    public EventScratch putAll(Map<?, ?> properties) {
        if (open && properties != null) {
            values.putAll(properties, this);
        }
        return this;
    }

    /** Takes {@code $timestamp} as the event's time, unless one was or will be given. */
    void propertyTimestamp(Object value) {
        Instant time = TimestampReader.read(value);
        if (time != null && isWritable(time.getEpochSecond())) {
            hasPropertyTimestamp = true;
            propertyEpochSecond = time.getEpochSecond();
            propertyNanos = time.getNano();
        }
    }

    @Override
    public CaptureResult send() {
        if (!open) {
            return CaptureResult.INVALID;
        }
        try {
            return publish();
        } finally {
            release();
        }
    }

    @Override
    public void cancel() {
        if (open) {
            release();
        }
    }

    /**
     * Stamps, finishes and publishes the event. Does not end the use of this scratch.
     *
     * @return what became of the event
     */
    public CaptureResult publish() {
        return publish(true);
    }

    /**
     * As {@link #publish()}, but never waits for a full ring, whatever the policy.
     *
     * @return what became of the event
     */
    public CaptureResult publishAtOnce() {
        return publish(false);
    }

    private CaptureResult publish(boolean mayWait) {
        CaptureResult refusal = context.publisher().refusal();
        if (refusal != null) {
            if (refusal == CaptureResult.CLOSED) {
                context.onClosed().run();
            }
            return refuse(refusal);
        }
        if (name == null || name.isBlank()) {
            return refuse(CaptureResult.INVALID);
        }
        long millis = context.clock().millis();
        stampUuid(millis);
        if (!hasTimestamp) {
            stampTime(millis);
        }
        String id = distinctId;
        boolean personless = id == null || id.isBlank();
        if (personless) {
            id = randomId(millis);
        }
        int length = writer.finish(name, id, epochSecond, nanos, uuidHigh, uuidLow);
        if (length < 0) {
            return refuse(CaptureResult.TOO_LARGE);
        }
        CaptureResult result = context.publisher().publish(writer.record(), length, flagsToSend(), mayWait, stripe);
        if (personless && result == CaptureResult.ACCEPTED) {
            context.counters().countPersonless(stripe);
        }
        return result;
    }

    private AttachedFlags flagsToSend() {
        if (attached == null) {
            return evaluated;
        }
        if (evaluated != null) {
            context.errors()
                    .warn(
                            "flags given twice",
                            "an event has both flags and sendFeatureFlags; the attached flags are used",
                            null);
        }
        return attached;
    }

    private void stampTime(long millis) {
        if (hasPropertyTimestamp) {
            epochSecond = propertyEpochSecond;
            nanos = propertyNanos;
        } else {
            epochSecond = Math.floorDiv(millis, 1_000L);
            nanos = (int) Math.floorMod(millis, 1_000L) * 1_000_000;
        }
    }

    private void stampUuid(long millis) {
        if (hasUuid) {
            return;
        }
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
        } catch (RuntimeException | Error e) {
            context.errors().warn("id source failed", "the configured id source failed, UUIDv7 is used instead", e);
            return false;
        }
    }

    private String randomId(long millis) {
        writer.flag(RecordLayout.FLAG_PERSONLESS);
        uuids.next(millis);
        return new UUID(uuids.high(), uuids.low()).toString();
    }

    /**
     * Counts an answer other than accepted.
     *
     * @param result the answer
     * @return the same
     */
    public CaptureResult refuse(CaptureResult result) {
        context.counters().count(result, stripe);
        return result;
    }
}
