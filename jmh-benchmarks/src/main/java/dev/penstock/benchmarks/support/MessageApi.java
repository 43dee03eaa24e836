package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.SegmentAnalytics;

/**
 * The ways in of a Segment client for a track message, and no more of it: what an engine that a benchmark has wired shares
 * with a client as shipped.
 * <p>
 * <b>Threads:</b> any; see {@link SegmentAnalytics} for each method.
 */
public interface MessageApi {

    /**
     * Begins a track message.
     *
     * @param event the event's name
     * @return a builder
     */
    MessageBuilder track(String event);

    /**
     * Takes a typed message.
     *
     * @param message the message
     * @return the answer
     */
    CaptureResult enqueue(Message message);

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
    static MessageApi of(SegmentAnalytics client) {
        return new ShippedAnalytics(client);
    }
}
