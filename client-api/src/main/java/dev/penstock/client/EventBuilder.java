package dev.penstock.client;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Fills one event and sends it.
 *
 * <pre>{@code
 * client.event("ad_impression")
 *         .distinctId(deviceId)
 *         .put(price, 2.35)
 *         .put("placement", "top")
 *         .send();
 * }</pre>
 *
 * <p>{@link #send()} or {@link #cancel()} ends its use; the next event comes from {@link CaptureClient#event(String)}.
 *
 * <p><b>Threads:</b> one thread at a time. Two builders may be open on one thread, and a value's {@code toString} may
 * itself capture. <b>Allocation:</b> none after warm-up. <b>After the end:</b> {@code send()} on a builder that has
 * ended answers {@link CaptureResult#INVALID}; other calls on it have no effect until the client hands it out again,
 * so do not keep one.
 */
public interface EventBuilder extends EventWriter {

    /**
     * Publishes the event and ends the use of this builder. Waits for the outcome if the client is configured to be
     * {@linkplain ClientConfig.Builder#synchronousTimeout synchronous}.
     *
     * @return what became of the event; never null
     */
    CaptureResult send();

    /**
     * Publishes the event as {@link #send()} does, for callers that need its id.
     *
     * @return the UUID that goes out on the wire, or empty if the event was not accepted
     */
    Optional<UUID> sendForUuid();

    /**
     * Publishes the event, has it sent at once and waits for its outcome: for short-lived processes and for events that
     * must not be left behind. On a thread of the client itself it does not wait.
     *
     * @param timeout the longest time to wait; zero, negative or null does not wait
     * @return the answer, and the outcome if there was one in time; never null. A client that keeps trying after that
     *     still ends the event in an outcome
     */
    SendReport sendAndAwait(Duration timeout);

    /** Drops the event and ends the use of this builder. Nothing is counted. */
    void cancel();

    @Override
    EventBuilder event(String name);

    @Override
    EventBuilder distinctId(String distinctId);

    @Override
    EventBuilder uuid(UUID uuid);

    @Override
    EventBuilder uuid(long mostSignificantBits, long leastSignificantBits);

    @Override
    EventBuilder timestamp(Instant timestamp);

    @Override
    EventBuilder timestamp(long epochMillis);

    @Override
    EventBuilder group(String type, String key);

    @Override
    EventBuilder setPerson(String name, Object value);

    @Override
    EventBuilder setPerson(Map<String, ?> properties);

    @Override
    EventBuilder setPersonOnce(String name, Object value);

    @Override
    EventBuilder setPersonOnce(Map<String, ?> properties);

    @Override
    EventBuilder unsetPerson(String name);

    @Override
    EventBuilder setGroup(String name, Object value);

    @Override
    EventBuilder setGroup(Map<String, ?> properties);

    @Override
    EventBuilder disableGeoIp(boolean disabled);

    @Override
    EventBuilder uuidText(String uuid);

    @Override
    EventBuilder flags(FlagEvaluations flags);

    @Override
    EventBuilder sendFeatureFlags(FlagContext context);

    @Override
    EventBuilder put(String key, String value);

    @Override
    EventBuilder put(String key, char value);

    @Override
    EventBuilder put(String key, long value);

    @Override
    EventBuilder put(String key, double value);

    @Override
    EventBuilder put(String key, float value);

    @Override
    EventBuilder put(String key, boolean value);

    @Override
    EventBuilder put(String key, Object value);

    @Override
    EventBuilder put(PropertyKey key, String value);

    @Override
    EventBuilder put(PropertyKey key, char value);

    @Override
    EventBuilder put(PropertyKey key, long value);

    @Override
    EventBuilder put(PropertyKey key, double value);

    @Override
    EventBuilder put(PropertyKey key, float value);

    @Override
    EventBuilder put(PropertyKey key, boolean value);

    @Override
    EventBuilder put(PropertyKey key, Object value);

    @Override
    EventBuilder putAll(Map<?, ?> properties);
}
