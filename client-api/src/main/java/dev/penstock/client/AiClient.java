package dev.penstock.client;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Captures AI events ({@code $ai_generation}, {@code $ai_span}, {@code $ai_trace}, {@code $ai_embedding}), which may be
 * much larger than others.
 *
 * <p>They have a ring, a pipeline and bounds of their own, made by the first use, and go to {@code /i/v0/ai/batch/}. They
 * never share a request with other events. Their content is sent as given: nothing is cut or redacted, and an event over
 * {@link ClientConfig#maxAiEventBytes()} is refused with its name and the limit in the log, never its content. {@link
 * CaptureClient#flush} and {@link CaptureClient#close} cover them. An event captured by {@link CaptureClient#capture} is
 * never sent this way, whatever its name.
 *
 * <p><b>Threads:</b> any. <b>After close:</b> {@link CaptureResult#CLOSED}.
 */
public interface AiClient {

    /**
     * Captures an AI event.
     *
     * @param distinctId whom the event is about; null or blank makes the event personless
     * @param event the event's name, such as {@code $ai_generation}
     * @param properties the properties, read during the call; null means none
     * @return the UUID that goes out on the wire, or empty if the event was not accepted
     */
    Optional<UUID> capture(String distinctId, String event, Map<String, ?> properties);

    /**
     * Begins an AI event that the caller fills; {@link EventBuilder#sendForUuid()} gives its UUID.
     *
     * @param name the event's name
     * @return a builder; never null
     */
    EventBuilder event(String name);

    /**
     * The account of the AI events alone; {@link CaptureClient#stats()} includes them. AI events that were left to a spool are
     * delivered by the client's first lane, and stand in the client's account from then on.
     *
     * @return the account; never null
     */
    ClientStats stats();
}
