package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.PropertyKey;
import java.util.Map;

/**
 * The ways in of a client, and no more of it: what an engine that a benchmark has wired shares with a client as shipped.
 * <p>
 * <b>Threads:</b> any; see {@link CaptureClient} for each method.
 */
public interface CaptureApi {

    /**
     * Captures a map.
     *
     * @param distinctId whom the event is about
     * @param event its name
     * @param properties its properties
     * @return the answer
     */
    CaptureResult capture(String distinctId, String event, Map<String, ?> properties);

    /**
     * Captures what a translator writes.
     *
     * @param <A> the type of the argument
     * @param translator writes the event
     * @param argument handed to it
     * @return the answer
     */
    <A> CaptureResult capture(EventTranslator<? super A> translator, A argument);

    /**
     * Begins an event.
     *
     * @param name its name
     * @return a builder
     */
    EventBuilder event(String name);

    /**
     * Registers a key.
     *
     * @param name the property's name
     * @return the key
     */
    PropertyKey propertyKey(String name);

    /**
     * The ways in of a client as shipped.
     *
     * @param client the client
     * @return hands each call to it
     */
    static CaptureApi of(CaptureClient client) {
        return new ShippedClient(client);
    }
}
