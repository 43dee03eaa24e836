package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SendReport;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * One event or message being filled: the builder users see, over a record of its own.
 *
 * <p>Why it is shaped so: every typed {@code put} is a few stores into the record; the general values go to {@code
 * ValueWriter}. Time and UUID are stamped once, at the end, from the coarse clock and this scratch's own random state.
 * Guarded by {@code CaptureBenchmark}.
 *
 * <p><b>Threads:</b> one at a time, between {@link #tryAcquire()} and {@link #release()}.
 */
public final class EventScratch implements EventBuilder, MessageBuilder {

    private static final VarHandle IN_USE;

    /** Always the client's own. */
    private static final String LIBRARY = "library";

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
    private final EventStamp stamp;
    private final EventDraft draft = new EventDraft();
    private final EventSender sender;
    private final MessageDraft message = new MessageDraft();
    private final MessageSender messages;

    @SuppressWarnings("unused") // through IN_USE
    private boolean inUse;

    private final boolean synchronous;
    private boolean open;

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
        this.stamp = new EventStamp(context);
        this.synchronous = context.shaping().synchronousTimeout() != null;
        this.sender = new EventSender(context, stripe, writer, values, stamp, draft);
        this.messages = new MessageSender(context, stripe, writer, stamp, draft, message);
    }

    boolean tryAcquire() {
        return !(boolean) IN_USE.getAcquire(this) && IN_USE.compareAndSet(this, false, true);
    }

    /** Gives the scratch back to its pool. */
    public void release() {
        writer.shrink();
        draft.end();
        open = false;
        IN_USE.setRelease(this, false);
    }

    /**
     * Begins an event of the application's own.
     *
     * @param eventName its name, or null if it comes later
     * @return this
     */
    public EventScratch begin(String eventName) {
        return begin(EventKind.CAPTURE, eventName);
    }

    /**
     * Begins an event.
     *
     * @param newKind what kind of event
     * @param eventName its name, or null if it comes later
     * @return this
     */
    public EventScratch begin(EventKind newKind, String eventName) {
        writer.begin();
        stamp.begin();
        draft.begin(newKind, eventName);
        open = true;
        return this;
    }

    /**
     * Begins a message.
     *
     * @param newKind what kind of message
     * @param messageName what a record of that kind has as its name; may be null
     * @return this
     */
    public EventScratch beginMessage(EventKind newKind, String messageName) {
        message.clear();
        return begin(newKind, messageName);
    }

    /**
     * Settles what the event will be answered; it is not published. May come before the event begins.
     *
     * @param result the answer
     * @return this
     */
    public EventScratch answer(CaptureResult result) {
        draft.unusual = true;
        draft.answer = result;
        return this;
    }

    /**
     * Drops the event as invalid when it is sent, and says why.
     *
     * @param problem what is wrong and what to do
     * @return this
     */
    public EventScratch reject(String problem) {
        draft.unusual = true;
        draft.problem = problem;
        return this;
    }

    /**
     * Names whom the event is about unless the caller says so.
     *
     * @param id the id
     * @return this
     */
    public EventScratch defaultDistinctId(String id) {
        draft.unusual = true;
        draft.defaultId = id;
        return this;
    }

    /**
     * From now on ignores properties that are not the caller's to set.
     *
     * @param names tells them
     * @return this
     */
    public EventScratch reserve(Predicate<String> names) {
        draft.unusual = true;
        draft.reserved = names;
        return this;
    }

    @Override
    public EventScratch event(String eventName) {
        draft.name(eventName);
        return this;
    }

    @Override
    public EventScratch distinctId(String id) {
        if (open) {
            writer.distinctId(id);
        }
        return this;
    }

    @Override
    public EventScratch uuid(UUID uuid) {
        stamp.uuid(uuid);
        return this;
    }

    @Override
    public EventScratch uuid(long mostSignificantBits, long leastSignificantBits) {
        stamp.uuid(mostSignificantBits, leastSignificantBits);
        return this;
    }

    @Override
    public EventScratch timestamp(Instant timestamp) {
        if (!stamp.time(timestamp)) {
            context.counters().countValueReplaced(stripe);
        }
        return this;
    }

    @Override
    public EventScratch timestamp(long epochMillis) {
        if (!stamp.time(epochMillis)) {
            context.counters().countValueReplaced(stripe);
        }
        return this;
    }

    @Override
    public EventScratch uuidText(String uuid) {
        if (uuid == null || uuid.isBlank()) {
            return uuid(null);
        }
        try {
            UUID parsed = UUID.fromString(uuid.trim());
            // It also takes other forms, and reads them as something else.
            if (parsed.toString().equalsIgnoreCase(uuid.trim())) {
                return uuid(parsed);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        context.errors().warn("malformed uuid", "an event's uuid is not a UUID; it gets a new one", null);
        return uuid(null);
    }

    @Override
    public EventScratch group(String type, String key) {
        if (open && draft.kind != EventKind.GROUP_IDENTIFY) {
            if (type == null || type.isBlank() || key == null || key.isBlank()) {
                context.counters().countValueReplaced(stripe);
            } else {
                values.putInSpace(RecordLayout.SPACE_GROUPS, type, key);
            }
        }
        return this;
    }

    @Override
    public EventScratch setPerson(String property, Object value) {
        return putInSpace(RecordLayout.SPACE_SET, property, value);
    }

    @Override
    public EventScratch setPerson(Map<String, ?> properties) {
        return putAllInSpace(RecordLayout.SPACE_SET, properties);
    }

    @Override
    public EventScratch setPersonOnce(String property, Object value) {
        return putInSpace(RecordLayout.SPACE_SET_ONCE, property, value);
    }

    @Override
    public EventScratch setPersonOnce(Map<String, ?> properties) {
        return putAllInSpace(RecordLayout.SPACE_SET_ONCE, properties);
    }

    @Override
    public EventScratch unsetPerson(String property) {
        return putInSpace(RecordLayout.SPACE_UNSET, property == null || property.isBlank() ? null : property, null);
    }

    @Override
    public EventScratch setGroup(String property, Object value) {
        return putInSpace(RecordLayout.SPACE_GROUP_SET, property, value);
    }

    @Override
    public EventScratch setGroup(Map<String, ?> properties) {
        return putAllInSpace(RecordLayout.SPACE_GROUP_SET, properties);
    }

    private EventScratch putInSpace(int space, String key, Object value) {
        if (open) {
            if (key == null) {
                context.counters().countValueReplaced(stripe);
            } else {
                values.putInSpace(space, key, value);
            }
        }
        return this;
    }

    private EventScratch putAllInSpace(int space, Map<String, ?> properties) {
        if (open && properties != null) {
            values.putAllInSpace(space, properties);
        }
        return this;
    }

    @Override
    public EventScratch disableGeoIp(boolean disabled) {
        if (open) {
            draft.unusual = true;
            draft.geoIp = disabled ? RecordLayout.FLAG_GEOIP_DISABLED : RecordLayout.FLAG_GEOIP_ALLOWED;
        }
        return this;
    }

    @Override
    public EventScratch flags(FlagEvaluations flags) {
        if (open) {
            draft.unusual = true;
            draft.attached = flags == null ? null : attachment(flags);
        }
        return this;
    }

    /** Evaluations may be an application's own implementation, whose failure does not cost the event. */
    private AttachedFlags attachment(FlagEvaluations flags) {
        try {
            return AttachedFlags.of(flags);
        } catch (Throwable e) {
            context.errors().warn("flags not attached", "evaluations could not be read and are not attached", e);
            return null;
        }
    }

    @Override
    public EventScratch sendFeatureFlags(FlagContext subject) {
        if (open) {
            draft.unusual = true;
            draft.evaluated =
                    subject == null ? null : context.shaping().localFlags().apply(subject);
        }
        return this;
    }

    @Override
    public EventScratch userId(String userId) {
        return distinctId(userId);
    }

    @Override
    public EventScratch anonymousId(String anonymousId) {
        message.anonymousId = anonymousId;
        return this;
    }

    @Override
    public EventScratch messageId(String messageId) {
        if (messageId == null || messageId.isBlank()) {
            message.messageId = null;
            return uuid(null);
        }
        if (messageId.length() <= MessageDraft.MAX_ID_CHARS) {
            return uuid(message.identify(messageId));
        }
        return rejectOpen("a message with an id of 100 characters or more is dropped");
    }

    @Override
    public EventScratch messageId(long mostSignificantBits, long leastSignificantBits) {
        message.messageId = null;
        return uuid(mostSignificantBits, leastSignificantBits);
    }

    @Override
    public EventScratch category(String category) {
        if (category == null || category.isBlank()) {
            message.category = null;
        } else if (draft.kind == EventKind.MESSAGE_PAGE || draft.kind == EventKind.MESSAGE_SCREEN) {
            message.category = category;
        } else {
            rejectOpen("a message with a category that is no page or screen is dropped");
        }
        return this;
    }

    @Override
    public EventScratch previousId(String previousId) {
        if (draft.kind == EventKind.MESSAGE_ALIAS) {
            draft.name(previousId);
        } else if (previousId != null && !previousId.isBlank()) {
            rejectOpen("a message with a previousId that is no alias is dropped");
        }
        return this;
    }

    /** A builder that has ended leaves the next message alone. */
    private EventScratch rejectOpen(String problem) {
        return open ? reject(problem) : this;
    }

    @Override
    public EventScratch context(String name, Object value) {
        return LIBRARY.equals(name) ? this : putInSpace(RecordLayout.SPACE_CONTEXT, name, value);
    }

    @Override
    public EventScratch context(Context members) {
        return putAllInSpace(RecordLayout.SPACE_CONTEXT, members == null ? null : members.asMap());
    }

    @Override
    public EventScratch integration(String name, boolean enabled) {
        return putIntegration(name, enabled);
    }

    @Override
    public EventScratch integration(String name, Map<String, ?> options) {
        return putIntegration(options == null ? null : name, options);
    }

    private EventScratch putIntegration(String name, Object value) {
        return putInSpace(RecordLayout.SPACE_INTEGRATIONS, name == null || name.isBlank() ? null : name, value);
    }

    @Override
    public EventScratch integrations(Integrations integrations) {
        if (integrations != null) {
            for (Map.Entry<String, Object> entry : integrations.asMap().entrySet()) {
                putIntegration(entry.getKey(), entry.getValue());
            }
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
                stamp.note(key, value);
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
            stamp.noteLong(key, value);
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
            stamp.note(key, value);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, String value) {
        if (isUsable(key) && !(value != null && writer.tryString(key, value))) {
            if (value == null) {
                writer.key(key, RecordLayout.NULL);
            } else {
                writer.key(key, RecordLayout.STRING);
                writer.stringValue(value);
                stamp.note(key, value);
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
        if (isUsable(key) && !writer.tryLong(key, value)) {
            writer.key(key, RecordLayout.LONG);
            writer.longValue(value);
            stamp.noteLong(key, value);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, double value) {
        if (isUsable(key) && !(Double.isFinite(value) && writer.tryDouble(key, value))) {
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
        if (isUsable(key) && !writer.tryBoolean(key, value)) {
            writer.key(key, value ? RecordLayout.TRUE : RecordLayout.FALSE);
        }
        return this;
    }

    @Override
    public EventScratch put(PropertyKey key, Object value) {
        if (isUsable(key)) {
            values.put(key.name(), key, value);
            stamp.note(key, value);
        }
        return this;
    }

    private boolean isUsable(Object key) {
        // Nearly always all three at once.
        return (key != null && open && !draft.unusual) || isUsableAfterAll(key);
    }

    private boolean isUsableAfterAll(Object key) {
        if (key == null && open) {
            context.counters().countValueReplaced(stripe);
        }
        return key != null && open && values.isForCaller(key.toString(), draft);
    }

    private boolean isFinite(double value) {
        if (Double.isFinite(value)) {
            return true;
        }
        context.counters().countValueReplaced(stripe);
        return false;
    }

    @Override
    public EventScratch putAll(Map<?, ?> properties) {
        if (open && properties != null) {
            values.putAll(properties, draft, stamp);
        }
        return this;
    }

    @Override
    public CaptureResult send() {
        if (synchronous) {
            return sendAndAwait(context.shaping().synchronousTimeout()).result();
        }
        return open ? sendAndEnd(true, null) : CaptureResult.INVALID;
    }

    @Override
    public Optional<UUID> sendForUuid() {
        if (!open) {
            return Optional.empty();
        }
        Duration timeout = context.shaping().synchronousTimeout();
        OutcomeTicket ticket =
                timeout == null ? null : context.shaping().waits().open();
        CaptureResult result = CaptureResult.INVALID;
        UUID uuid;
        try {
            result = draft.kind.isMessage() ? messages.send(true, ticket) : sender.send(true, ticket);
            uuid = new UUID(stamp.uuidHigh(), stamp.uuidLow());
        } catch (Throwable e) {
            abandon(ticket);
            throw e;
        } finally {
            release();
        }
        if (ticket != null) {
            ticket.await(result, timeout);
        }
        return result == CaptureResult.ACCEPTED ? Optional.of(uuid) : Optional.empty();
    }

    @Override
    public SendReport sendAndAwait(Duration timeout) {
        if (!open) {
            return new SendReport(CaptureResult.INVALID, Optional.empty(), "");
        }
        OutcomeTicket ticket = context.shaping().waits().open();
        return ticket.await(sendAndEnd(true, ticket), timeout);
    }

    /**
     * Publishes as {@link #send()} does, but never waits: neither for a full ring, whatever the policy, nor for an outcome.
     *
     * @return what became of the event
     */
    public CaptureResult sendAtOnce() {
        return sendAndEnd(false, null);
    }

    private CaptureResult sendAndEnd(boolean mayWait, OutcomeTicket ticket) {
        try {
            return draft.kind.isMessage() ? messages.send(mayWait, ticket) : sender.send(mayWait, ticket);
        } catch (Throwable e) {
            abandon(ticket);
            throw e;
        } finally {
            release();
        }
    }

    private static void abandon(OutcomeTicket ticket) {
        if (ticket != null) {
            ticket.abandon();
        }
    }

    @Override
    public void cancel() {
        if (open) {
            release();
        }
    }

    /**
     * What properties become when they are sent: JSON values, with nothing in common with those given.
     *
     * @param properties the properties, read during the call
     * @return name to value; empty if they are over the limit of an event
     */
    public Map<String, Object> readBack(Map<String, ?> properties) {
        begin(EventKind.CAPTURE, null);
        try {
            return sender.readBack(properties);
        } finally {
            release();
        }
    }

    /**
     * Makes properties that many events will share.
     *
     * @param properties the properties, read during the call
     * @return the snapshot; null if they are over the limit of an event, which is said
     */
    public PropertySnapshot snapshot(Map<String, ?> properties) {
        begin(EventKind.CAPTURE, null);
        try {
            putAll(properties);
            int length = writer.finish(RecordLayout.KIND_CAPTURE, "", 0, 0, 0, 0);
            if (length < 0) {
                context.errors()
                        .warn("shared properties too large", "properties over maxEventBytes are left out", null);
                return null;
            }
            return new PropertySnapshot(Arrays.copyOf(writer.record(), length));
        } finally {
            release();
        }
    }
}
