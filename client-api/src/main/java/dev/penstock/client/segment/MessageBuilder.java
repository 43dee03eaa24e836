package dev.penstock.client.segment;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SendReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Fills one message and sends it. What is written has become bytes when a method returns: values may be changed or reused at
 * once.
 *
 * <pre>{@code
 * analytics.track("Item Bought")
 *         .userId("u-19")
 *         .put("sku", "sword-3")
 *         .put(price, 4.5)
 *         .send();
 * }</pre>
 *
 * <p>Properties of an identify or group message are traits. An alias has none: what is put is left out and counted. A name given
 * twice keeps its last value; at the call, both count towards {@link CaptureResult#TOO_LARGE}.
 *
 * <p>A value that throws while it is read, is nested deeper than 16 levels or contains itself becomes JSON null at that place and
 * is counted; a message is never lost because of one value.
 *
 * <p>{@link #send()} or {@link #cancel()} ends its use.
 *
 * <p><b>Threads:</b> one thread at a time. Two builders may be open on one thread. <b>Allocation:</b> none after warm-up,
 * except for objects that need Jackson and for a message id that is given as text; a builder that is dropped without being ended is
 * collected as garbage. <b>After the end:</b> {@code send()} on a builder that has ended answers {@link
 * CaptureResult#INVALID}; other calls on it have no effect until the client hands it out again, so do not keep one.
 */
public interface MessageBuilder {

    /**
     * Sets whom the message is about. Every message needs this id or an {@linkplain #anonymousId anonymous} one; an alias
     * needs this one, and so does an identify without traits.
     *
     * @param userId the id; null or blank means none
     * @return this
     */
    MessageBuilder userId(String userId);

    /**
     * Sets an id for somebody who is not known by name.
     *
     * @param anonymousId the id; null or blank means none
     * @return this
     */
    MessageBuilder anonymousId(String anonymousId);

    /**
     * Sets the message's id, by which the server recognises duplicates; it stays the same over all retries. Without it,
     * it is what the configured {@linkplain SegmentConfig.Builder#idSource id source} gives, or a UUIDv7.
     *
     * @param messageId the id, under 100 characters, or the message is {@link CaptureResult#INVALID}; null or blank means a
     *     new one
     * @return this
     */
    MessageBuilder messageId(String messageId);

    /**
     * Sets the message's id from the two halves of a UUID, without an object.
     *
     * @param mostSignificantBits as in {@link UUID#getMostSignificantBits()}
     * @param leastSignificantBits as in {@link UUID#getLeastSignificantBits()}
     * @return this
     */
    MessageBuilder messageId(long mostSignificantBits, long leastSignificantBits);

    /**
     * Sets when it happened, now or in the past. Without it the message gets the client's clock, which is read about every
     * millisecond.
     *
     * @param timestamp the instant, between the years 0000 and 9999; null means now. One outside that range is replaced by
     *     now and counted
     * @return this
     */
    MessageBuilder timestamp(Instant timestamp);

    /**
     * Sets when it happened, from milliseconds since the epoch, without an object.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z; the range is that of {@link #timestamp(Instant)}
     * @return this
     */
    MessageBuilder timestamp(long epochMillis);

    /**
     * Sets the category of a page or screen; any other message with one is {@link CaptureResult#INVALID}.
     *
     * @param category the category; null or blank means none
     * @return this
     */
    MessageBuilder category(String category);

    /**
     * Sets the id that an alias replaces; any other message with one is {@link CaptureResult#INVALID}.
     *
     * @param previousId the id they were known by until now; null or blank means none
     * @return this
     */
    MessageBuilder previousId(String previousId);

    /**
     * Sets a member of the message's own context, at its top level. A name given twice keeps its last value; {@code library}
     * is always the client's own and is ignored.
     *
     * @param name the member's name; null is dropped and counted
     * @param value any value that {@link #put(String, Object)} takes
     * @return this
     */
    MessageBuilder context(String name, Object value);

    /**
     * Sets members of the message's own context.
     *
     * @param context the members; null sets none
     * @return this
     */
    MessageBuilder context(Context context);

    /**
     * Says whether the message goes to a destination.
     *
     * @param name the destination's name, in its exact case, or {@code All} for those that are not named; null or blank is dropped and counted
     * @param enabled whether it goes there
     * @return this
     */
    MessageBuilder integration(String name, boolean enabled);

    /**
     * Sends the message to a destination with options.
     *
     * @param name the destination's name, in its exact case; null or blank is dropped and counted
     * @param options what the destination is told; null is dropped and counted
     * @return this
     */
    MessageBuilder integration(String name, Map<String, ?> options);

    /**
     * Says where the message goes.
     *
     * @param integrations destinations; null says nothing
     * @return this
     */
    MessageBuilder integrations(Integrations integrations);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a string; null is written as JSON null; lone surrogates become U+FFFD
     * @return this
     */
    MessageBuilder put(String key, String value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a character, written as a string
     * @return this
     */
    MessageBuilder put(String key, char value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value an integer, written with all its digits
     * @return this
     */
    MessageBuilder put(String key, long value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number, written as the shortest text that reads back as the same double; NaN and infinities become JSON null and are counted
     * @return this
     */
    MessageBuilder put(String key, double value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number, written as the shortest text that reads back as the same float; NaN and infinities become JSON null and are counted
     * @return this
     */
    MessageBuilder put(String key, float value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value true or false
     * @return this
     */
    MessageBuilder put(String key, boolean value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value any value: strings, numbers, booleans, dates, UUIDs, enums, byte arrays (base64), optionals, arrays, collections, maps and records are written by their own rules, anything else through Jackson; what cannot be written becomes JSON null and is counted
     * @return this
     */
    MessageBuilder put(String key, Object value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a string; null is written as JSON null; lone surrogates become U+FFFD
     * @return this
     */
    MessageBuilder put(PropertyKey key, String value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a character, written as a string
     * @return this
     */
    MessageBuilder put(PropertyKey key, char value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value an integer, written with all its digits
     * @return this
     */
    MessageBuilder put(PropertyKey key, long value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a number, written as the shortest text that reads back as the same double; NaN and infinities become JSON null and are counted
     * @return this
     */
    MessageBuilder put(PropertyKey key, double value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a number, written as the shortest text that reads back as the same float; NaN and infinities become JSON null and are counted
     * @return this
     */
    MessageBuilder put(PropertyKey key, float value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value true or false
     * @return this
     */
    MessageBuilder put(PropertyKey key, boolean value);

    /**
     * Adds a property, or a trait of a person or group. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value any value: strings, numbers, booleans, dates, UUIDs, enums, byte arrays (base64), optionals, arrays, collections, maps and records are written by their own rules, anything else through Jackson; what cannot be written becomes JSON null and is counted
     * @return this
     */
    MessageBuilder put(PropertyKey key, Object value);

    /**
     * Adds every entry of a map as a property, or as a trait.
     *
     * @param properties the properties, read during the call; null adds nothing. A null key is dropped and counted;
     *     other keys become text by {@link String#valueOf(Object)}
     * @return this
     */
    MessageBuilder putAll(Map<?, ?> properties);

    /**
     * Publishes the message and ends the use of this builder.
     *
     * @return what became of the message; never null
     */
    CaptureResult send();

    /**
     * Publishes the message, has it sent at once and waits for its outcome.
     *
     * @param timeout the longest time to wait
     * @return the answer, and the outcome if there was one in time; never null
     */
    SendReport sendAndAwait(Duration timeout);

    /** Drops the message and ends the use of this builder. Nothing is counted. */
    void cancel();
}
