package dev.penstock.engine.protocol;

import java.util.Map;

/**
 * How one back end wants batches, and what its answers mean.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public sealed interface Protocol permits PostHogV0 {

    /**
     * The path below the host.
     *
     * @return a path beginning with a slash
     */
    String path();

    /**
     * The headers of a request.
     *
     * @return name to value
     */
    Map<String, String> headers();

    /**
     * The envelope in front of the events, as it is at this moment. Always equally long.
     *
     * @param epochMillis the time of the try
     * @return a new array
     */
    byte[] head(long epochMillis);

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
     * What an answer means.
     *
     * @param status the HTTP status, or 0 if there was no answer
     * @return the verdict
     */
    Verdict verdict(int status);
}
