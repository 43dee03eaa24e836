package dev.penstock.engine.transport;

/**
 * What came back for a request.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param retryAfterMs the delay the server asked for, or 0 if it did not or asked for something unreadable
 * @param failure why there was no answer: a short sentence without secrets, or null if there was one
 */
public record Answer(int status, long retryAfterMs, String failure) {

    /**
     * No answer came.
     *
     * @param failure why, without secrets
     * @return the answer that says so
     */
    public static Answer failed(String failure) {
        return new Answer(0, 0, failure);
    }
}
