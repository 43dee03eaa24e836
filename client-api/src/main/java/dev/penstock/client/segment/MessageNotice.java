package dev.penstock.client.segment;

import dev.penstock.client.Outcome;

/**
 * The outcome of one message.
 *
 * <p><b>Threads:</b> immutable; any thread. It holds its own message's JSON and nothing else of the batch. <b>Allocation:</b>
 * each call of {@link #messageId()} and {@link #type()} reads that JSON.
 */
public interface MessageNotice {

    /**
     * The message's id, as on the wire.
     *
     * @return the id; empty if the message could not even be encoded
     */
    String messageId();

    /**
     * Which of the six messages it is.
     *
     * @return the type; null if the message could not even be encoded
     */
    MessageType type();

    /**
     * How the message ended.
     *
     * @return the outcome; never null
     */
    Outcome outcome();

    /**
     * Why, in a few words without secrets: {@code "status 200"}, {@code "9 retries used up, last: status 503"}.
     *
     * @return the reason; never blank
     */
    String reason();

    /**
     * The message as it was, or would have been, sent.
     *
     * @return a JSON object
     */
    String json();
}
