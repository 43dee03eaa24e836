package dev.penstock.engine.protocol;

import java.util.Map;

/**
 * How one back end wants batches, and what its answers mean.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public sealed interface Protocol permits PostHogAi, PostHogLogs, PostHogV0, PostHogV1, Segment {

    /**
     * What to call it in messages.
     *
     * @return a few words, without the key
     */
    String name();

    /**
     * The path below the host.
     *
     * @return a path beginning with a slash, with its query if there is one
     */
    String path();

    /**
     * The headers of a request, without what depends on the body's encoding.
     *
     * @param attempt the try
     * @return name to value; not to be changed
     */
    Map<String, String> headers(Attempt attempt);

    /**
     * The envelope in front of the events, as it is in this try. Always equally long.
     *
     * @param attempt the try
     * @return bytes; not to be changed
     */
    byte[] head(Attempt attempt);

    /**
     * How long {@link #head} is.
     *
     * @return bytes
     */
    int headLength();

    /**
     * The envelope behind the events.
     *
     * @return bytes; not to be changed
     */
    byte[] tail();

    /**
     * Whether what it carries are events or messages, whose outcomes listeners want to hear of.
     *
     * @return false for log records
     */
    default boolean carriesEvents() {
        return true;
    }

    /**
     * What a disk keeps of the envelope.
     *
     * @return what is needed to make this protocol again, apart from the key
     */
    StoredEnvelope stored();

    /**
     * What an answer means by its status.
     *
     * @param status the HTTP status, or 0 if there was no answer
     * @return the verdict; {@link Verdict#PER_EVENT} only where there is a {@link #verdicts()}
     */
    Verdict verdict(int status);

    /**
     * What reads the body of an answer that judges event by event.
     *
     * @return the reader, or null where the status says everything
     */
    default VerdictReader verdicts() {
        return null;
    }
}
