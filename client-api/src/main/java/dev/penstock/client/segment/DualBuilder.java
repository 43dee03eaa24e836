package dev.penstock.client.segment;

import dev.penstock.client.AliasBuilder;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Fills one message for both, and sends it to Segment as a message and to PostHog as an event. What its parts mean is said at
 * {@link MessageBuilder}, where they stand in the event at {@link DualAnalytics}.
 *
 * <pre>{@code
 * analytics.track("Item Bought")
 *         .userId("u-19")
 *         .put("sku", "sword-3")
 *         .put("price", 4.5)
 *         .send();
 * }</pre>
 *
 * <p>Values become bytes when a method returns, once for each client: an iterator that can be read only once is empty for
 * the second. {@link #send()} or {@link #cancel()} ends its use.
 *
 * <p><b>Threads:</b> one thread at a time. Two builders may be open on one thread. <b>Allocation:</b> this, a box for each
 * number and boolean that is a trait, and an entry for each one of a map; an alias allocates three objects more. Otherwise as
 * {@link MessageBuilder}. <b>After the end:</b> {@code send()} answers {@link CaptureResult#INVALID} for both; other calls
 * have no effect.
 */
public final class DualBuilder extends EventSide {

    private final MessageBuilder message;

    /** What a message of this type cannot be without, if there is such a thing: event, group id or previous id. */
    private String subject;

    private String userId;
    private String anonymousId;
    private String category;
    private boolean hasId;
    private long idHigh;
    private long idLow;
    private boolean misused;
    private boolean open = true;

    DualBuilder(MessageType type, String subject, MessageBuilder message, EventBuilder event) {
        super(type, event);
        this.subject = subject;
        this.message = message;
    }

    DualBuilder(MessageBuilder message, AliasBuilder alias) {
        super(alias);
        this.message = message;
    }

    /**
     * Sets whom the message is about. Every message needs this id or an {@linkplain #anonymousId anonymous} one; an alias
     * needs this one, and so does an identify without traits.
     *
     * @param userId the id; null or blank means none
     * @return this
     */
    public DualBuilder userId(String userId) {
        if (open) {
            this.userId = userId;
            message.userId(userId);
        }
        return this;
    }

    /**
     * Sets an id for somebody who is not known by name.
     *
     * @param anonymousId the id; null or blank means none
     * @return this
     */
    public DualBuilder anonymousId(String anonymousId) {
        if (open) {
            this.anonymousId = anonymousId;
            message.anonymousId(anonymousId);
        }
        return this;
    }

    /**
     * Sets the id by which both servers recognise duplicates. Without it one UUIDv7 is made for both.
     *
     * @param messageId the id, under 100 characters, or the message is {@link CaptureResult#INVALID}; null or blank means a
     *     new one. The event's UUID is the one that this text is, or else the one that its UTF-8 bytes name
     * @return this
     */
    public DualBuilder messageId(String messageId) {
        if (open) {
            message.messageId(messageId);
            hasId = MessageRules.isPresent(messageId);
            if (hasId) {
                takeId(messageId);
            }
        }
        return this;
    }

    private void takeId(String messageId) {
        if (MessageRules.isTooLong(messageId)) {
            misused = true;
            return;
        }
        UUID uuid = MessageIds.of(messageId);
        idHigh = uuid.getMostSignificantBits();
        idLow = uuid.getLeastSignificantBits();
    }

    /**
     * Sets the id by which both servers recognise duplicates from the two halves of a UUID, without an object.
     *
     * @param mostSignificantBits as in {@link UUID#getMostSignificantBits()}
     * @param leastSignificantBits as in {@link UUID#getLeastSignificantBits()}
     * @return this
     */
    public DualBuilder messageId(long mostSignificantBits, long leastSignificantBits) {
        if (open) {
            hasId = true;
            idHigh = mostSignificantBits;
            idLow = leastSignificantBits;
            message.messageId(idHigh, idLow);
        }
        return this;
    }

    /**
     * Sets when it happened, now or in the past. Without it each client takes the time from its own clock, when {@link
     * #send()} is called; a property {@code $timestamp} is then the event's time, and that of the event alone.
     *
     * @param timestamp the instant, between the years 0000 and 9999; null means that none is given. One outside that range is
     *     replaced and counted by each client
     * @return this
     */
    public DualBuilder timestamp(Instant timestamp) {
        if (open) {
            message.timestamp(timestamp);
            eventTime(timestamp);
        }
        return this;
    }

    /**
     * Sets when it happened, from milliseconds since the epoch, without an object.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z; the range is that of {@link #timestamp(Instant)}
     * @return this
     */
    public DualBuilder timestamp(long epochMillis) {
        if (open) {
            message.timestamp(epochMillis);
            eventTime(epochMillis);
        }
        return this;
    }

    /**
     * Sets the category of a page or screen; any other message with one is {@link CaptureResult#INVALID}.
     *
     * @param category the category; null or blank means none
     * @return this
     */
    public DualBuilder category(String category) {
        if (open) {
            message.category(category);
            this.category = category;
            misused |= MessageRules.isPresent(category) && type != MessageType.PAGE && type != MessageType.SCREEN;
        }
        return this;
    }

    /**
     * Sets the id that an alias replaces; any other message with one is {@link CaptureResult#INVALID}.
     *
     * @param previousId the id they were known by until now; null or blank means none
     * @return this
     */
    public DualBuilder previousId(String previousId) {
        if (open) {
            message.previousId(previousId);
            if (type == MessageType.ALIAS) {
                subject = previousId;
            } else {
                misused |= MessageRules.isPresent(previousId);
            }
        }
        return this;
    }

    /**
     * Sets a member of the message's own context, at its top level.
     *
     * @param name the member's name; null is dropped and counted
     * @param value any value that {@link #put(String, Object)} takes
     * @return this
     */
    public DualBuilder context(String name, Object value) {
        if (open) {
            message.context(name, value);
            contextMember(name, value);
        }
        return this;
    }

    /**
     * Sets members of the message's own context.
     *
     * @param context the members; null sets none
     * @return this
     */
    public DualBuilder context(Context context) {
        if (open && context != null) {
            message.context(context);
            context.asMap().forEach(this::contextMember);
        }
        return this;
    }

    /**
     * Says whether Segment passes the message on to a destination.
     *
     * @param name the destination's name, in its exact case, or {@code All} for those that are not named; null or blank is
     *     dropped and counted
     * @param enabled whether it goes there
     * @return this
     */
    public DualBuilder integration(String name, boolean enabled) {
        if (open) {
            message.integration(name, enabled);
        }
        return this;
    }

    /**
     * Has Segment pass the message on to a destination with options.
     *
     * @param name the destination's name, in its exact case; null or blank is dropped and counted
     * @param options what the destination is told; null is dropped and counted
     * @return this
     */
    public DualBuilder integration(String name, Map<String, ?> options) {
        if (open) {
            message.integration(name, options);
        }
        return this;
    }

    /**
     * Says where Segment passes the message on to.
     *
     * @param integrations destinations; null says nothing
     * @return this
     */
    public DualBuilder integrations(Integrations integrations) {
        if (open) {
            message.integrations(integrations);
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a string; null is written as JSON null
     * @return this
     */
    public DualBuilder put(String key, String value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a character, written as a string
     * @return this
     */
    public DualBuilder put(String key, char value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value an integer
     * @return this
     */
    public DualBuilder put(String key, long value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number; NaN and infinities become JSON null and are counted
     * @return this
     */
    public DualBuilder put(String key, double value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number; NaN and infinities become JSON null and are counted
     * @return this
     */
    public DualBuilder put(String key, float value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value true or false
     * @return this
     */
    public DualBuilder put(String key, boolean value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A name given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value any value that {@link MessageBuilder#put(String, Object)} takes
     * @return this
     */
    public DualBuilder put(String key, Object value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value a string; null is written as JSON null
     * @return this
     */
    public DualBuilder put(PropertyKey key, String value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value a character, written as a string
     * @return this
     */
    public DualBuilder put(PropertyKey key, char value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value an integer
     * @return this
     */
    public DualBuilder put(PropertyKey key, long value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value a number; NaN and infinities become JSON null and are counted
     * @return this
     */
    public DualBuilder put(PropertyKey key, double value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value a number; NaN and infinities become JSON null and are counted
     * @return this
     */
    public DualBuilder put(PropertyKey key, float value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value true or false
     * @return this
     */
    public DualBuilder put(PropertyKey key, boolean value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds a property, or a trait. A key given twice keeps its last value.
     *
     * @param key the property's key; a client that it is not registered with takes its text
     * @param value any value that {@link MessageBuilder#put(String, Object)} takes
     * @return this
     */
    public DualBuilder put(PropertyKey key, Object value) {
        if (open) {
            message.put(key, value);
            if (keeps(key)) {
                event().put(key, value);
            } else {
                move(key, value);
            }
        }
        return this;
    }

    /**
     * Adds every entry of a map as a property, or as a trait. The map is read twice, once for each client; the names of traits of
     * a person may be read once more.
     *
     * @param properties the properties, read during the call; null adds nothing. A null key is dropped and counted; other
     *     keys become text by {@link String#valueOf(Object)}
     * @return this
     */
    public DualBuilder putAll(Map<?, ?> properties) {
        if (open && properties != null) {
            message.putAll(properties);
            moveAll(properties);
        }
        return this;
    }

    /**
     * Publishes the message to Segment and the event to PostHog, and ends the use of this builder. What Segment's rules call
     * invalid is published to neither.
     *
     * @return what became of each; never null
     */
    public DualResult send() {
        if (!open) {
            return DualResult.of(CaptureResult.INVALID, CaptureResult.INVALID);
        }
        open = false;
        if (!hasId) {
            makeId();
        }
        CaptureResult segment = message.send();
        if (segment == CaptureResult.INVALID || !isValid()) {
            cancelEvent();
            return DualResult.of(segment, CaptureResult.INVALID);
        }
        return DualResult.of(segment, sendValid());
    }

    /** One for both. */
    private void makeId() {
        idHigh = MessageIds.newHigh(System.currentTimeMillis());
        idLow = MessageIds.newLow();
        message.messageId(idHigh, idLow);
    }

    /** Asked here as well, because a client that is closed or switched off does not say what is invalid. */
    private boolean isValid() {
        return !misused && MessageRules.missing(type, subject, userId, anonymousId, hasTraits()) == null;
    }

    private CaptureResult sendValid() {
        return type == MessageType.ALIAS
                ? sendAlias(userId, subject, idHigh, idLow)
                : sendEvent(userId, anonymousId, category, idHigh, idLow);
    }

    /** Drops the message and ends the use of this builder. Nothing is counted. */
    public void cancel() {
        if (open) {
            open = false;
            message.cancel();
            cancelEvent();
        }
    }
}
