package dev.penstock.client;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Writes the parts of one event, in any order. What is written has become bytes when a method returns: values may be
 * changed or reused at once.
 *
 * <p>Rules that apply to every property:
 *
 * <ul>
 *   <li>A value that throws while it is read, is nested deeper than 16 levels or contains itself becomes JSON null at
 *       that place and is counted in {@link ClientStats#valuesReplaced()}. An event is never lost because of one value.
 *   <li>Dates with a zone or offset are written as the same instant in UTC; local dates and times as they are.
 *   <li>A property {@code $timestamp} that holds an {@link Instant}, a date, epoch milliseconds or an ISO 8601 text
 *       with an offset becomes the event's time if none was set with {@link #timestamp(Instant)}; it stays among the
 *       properties as well.
 * </ul>
 *
 * <p><b>Threads:</b> one thread at a time, the one that captures. <b>Allocation:</b> none after warm-up, except for
 * objects that need Jackson.
 */
public interface EventWriter {

    /**
     * Sets the event's name.
     *
     * @param name the name; null or blank makes the event {@link CaptureResult#INVALID}
     * @return this
     */
    EventWriter event(String name);

    /**
     * Sets whom the event is about.
     *
     * @param distinctId the id; null or blank makes the event personless: it gets a random id and the property {@code
     *     $process_person_profile: false}
     * @return this
     */
    EventWriter distinctId(String distinctId);

    /**
     * Sets the event's UUID, by which the server recognises duplicates. Without it the client makes a UUIDv7.
     *
     * @param uuid the id; null means a new one
     * @return this
     */
    EventWriter uuid(UUID uuid);

    /**
     * Sets the event's UUID from its two halves, without an object.
     *
     * @param mostSignificantBits as in {@link UUID#getMostSignificantBits()}
     * @param leastSignificantBits as in {@link UUID#getLeastSignificantBits()}
     * @return this
     */
    EventWriter uuid(long mostSignificantBits, long leastSignificantBits);

    /**
     * Sets the event's UUID from its text form. Text that is not a UUID gets the event a new one, and a warning is logged.
     *
     * @param uuid the id in the form of {@link UUID#toString()}; null or blank means a new one
     * @return this
     */
    EventWriter uuidText(String uuid);

    /**
     * Sets when the event happened, exact to the nanosecond. Without it the event gets the client's clock, which is
     * read about every millisecond.
     *
     * @param timestamp the instant, between the years 0000 and 9999; null means now. One outside that range cannot be
     *     written on the wire: it is replaced by now and counted in {@link ClientStats#valuesReplaced()}
     * @return this
     */
    EventWriter timestamp(Instant timestamp);

    /**
     * Sets when the event happened, from milliseconds since the epoch, without an object.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z; the range is that of {@link #timestamp(Instant)}
     * @return this
     */
    EventWriter timestamp(long epochMillis);

    /**
     * Adds the event to a group, in the property {@code $groups}. Groups given here win over a property {@code $groups}.
     *
     * @param type the group's type, such as {@code company}; null or blank is dropped and counted
     * @param key the group's key; null or blank is dropped and counted
     * @return this
     */
    EventWriter group(String type, String key);

    /**
     * Sets a property of the person the event is about, in {@code $set}. Works on every event; what is set here replaces
     * a property {@code $set} of the caller's.
     *
     * @param name the person property's name; null is dropped and counted. A name given twice keeps its last value
     * @param value any value that {@link #put(String, Object)} takes
     * @return this
     */
    EventWriter setPerson(String name, Object value);

    /**
     * Sets properties of the person, as {@link #setPerson(String, Object)} does one.
     *
     * @param properties the properties, read during the call; null sets none
     * @return this
     */
    EventWriter setPerson(Map<String, ?> properties);

    /**
     * Sets a property of the person unless the person has it already, in {@code $set_once}.
     *
     * @param name the person property's name; null is dropped and counted
     * @param value any value that {@link #put(String, Object)} takes
     * @return this
     */
    EventWriter setPersonOnce(String name, Object value);

    /**
     * Sets properties of the person, as {@link #setPersonOnce(String, Object)} does one.
     *
     * @param properties the properties, read during the call; null sets none
     * @return this
     */
    EventWriter setPersonOnce(Map<String, ?> properties);

    /**
     * Removes a property of the person, in {@code $unset}.
     *
     * @param name the person property's name; null or blank is dropped and counted
     * @return this
     */
    EventWriter unsetPerson(String name);

    /**
     * Sets a property of the group that a {@linkplain CaptureClient#groupIdentify group event} is about, in {@code
     * $group_set}.
     *
     * @param name the group property's name; null is dropped and counted. The one called {@code name} is what the product shows
     * @param value any value that {@link #put(String, Object)} takes
     * @return this
     */
    EventWriter setGroup(String name, Object value);

    /**
     * Sets properties of the group, as {@link #setGroup(String, Object)} does one.
     *
     * @param properties the properties, read during the call; null sets none
     * @return this
     */
    EventWriter setGroup(Map<String, ?> properties);

    /**
     * Says for this event whether the server may derive a place from an address; the strongest word on it. To locate the
     * user and not this server, allow it and put the user's address in the property {@code $ip}.
     *
     * @param disabled true forbids it ({@code $geoip_disable: true}), false allows it
     * @return this
     */
    EventWriter disableGeoIp(boolean disabled);

    /**
     * Attaches evaluated flags: the event gets {@code $feature/KEY} for each of them and {@code $active_feature_flags}.
     * Properties of the same names that the caller sets win. Attaching is not an access and evaluates nothing; the
     * JSON is made when the event is encoded, not during this call.
     *
     * @param flags the evaluations; null attaches none. The last call counts
     * @return this
     */
    EventWriter flags(FlagEvaluations flags);

    /**
     * Evaluates all flags locally, now, and attaches them. The older way: {@link #flags(FlagEvaluations)} costs less and
     * agrees with what the application has decided by. Never asks the server. If evaluations are attached as well, they
     * win and a warning is logged once.
     *
     * @param context whom to evaluate for
     * @return this
     */
    EventWriter sendFeatureFlags(FlagContext context);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a string; null is written as JSON null; lone surrogates become U+FFFD
     * @return this
     */
    EventWriter put(String key, String value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a character, written as a string
     * @return this
     */
    EventWriter put(String key, char value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value an integer, written with all its digits
     * @return this
     */
    EventWriter put(String key, long value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number, written as the shortest text that reads back as the same double; NaN and infinities become JSON null and are counted
     * @return this
     */
    EventWriter put(String key, double value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value a number, written as the shortest text that reads back as the same float; NaN and infinities become JSON null and are counted
     * @return this
     */
    EventWriter put(String key, float value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value true or false
     * @return this
     */
    EventWriter put(String key, boolean value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's name; null is dropped and counted
     * @param value any value: strings, numbers, booleans, dates, UUIDs, enums, byte arrays (base64), optionals, arrays, collections, maps and records are written by their own rules, anything else through Jackson; what cannot be written becomes JSON null and is counted
     * @return this
     */
    EventWriter put(String key, Object value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a string; null is written as JSON null; lone surrogates become U+FFFD
     * @return this
     */
    EventWriter put(PropertyKey key, String value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a character, written as a string
     * @return this
     */
    EventWriter put(PropertyKey key, char value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value an integer, written with all its digits
     * @return this
     */
    EventWriter put(PropertyKey key, long value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a number, written as the shortest text that reads back as the same double; NaN and infinities become JSON null and are counted
     * @return this
     */
    EventWriter put(PropertyKey key, double value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value a number, written as the shortest text that reads back as the same float; NaN and infinities become JSON null and are counted
     * @return this
     */
    EventWriter put(PropertyKey key, float value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value true or false
     * @return this
     */
    EventWriter put(PropertyKey key, boolean value);

    /**
     * Adds a property. A key given twice keeps its last value.
     *
     * @param key the property's key, registered with this client
     * @param value any value: strings, numbers, booleans, dates, UUIDs, enums, byte arrays (base64), optionals, arrays, collections, maps and records are written by their own rules, anything else through Jackson; what cannot be written becomes JSON null and is counted
     * @return this
     */
    EventWriter put(PropertyKey key, Object value);

    /**
     * Adds every entry of a map as a property.
     *
     * @param properties the properties, read during the call; null adds nothing. A null key is dropped and counted;
     *     other keys become text by {@link String#valueOf(Object)}
     * @return this
     */
    EventWriter putAll(Map<?, ?> properties);
}
