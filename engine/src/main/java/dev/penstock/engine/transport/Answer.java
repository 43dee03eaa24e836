package dev.penstock.engine.transport;

/**
 * What came back for a request.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param retryAfterMs the delay the server asked for, or 0 if it did not or asked for something unreadable
 * @param failure why there was no answer: a short sentence without secrets, or null if there was one
 * @param body the decompressed body of an answer of the 200s, if the request asked for it and all of it came; else null
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed over, never compared
public record Answer(int status, long retryAfterMs, String failure, byte[] body) {

    /**
     * An answer of which only the head counts.
     *
     * @param status the HTTP status, or 0 if there was no answer
     * @param retryAfterMs the delay the server asked for, or 0
     * @param failure why there was no answer, or null if there was one
     */
    public Answer(int status, long retryAfterMs, String failure) {
        this(status, retryAfterMs, failure, null);
    }

    /**
     * No answer came.
     *
     * @param failure why, without secrets
     * @return the answer that says so
     */
    public static Answer failed(String failure) {
        return new Answer(0, 0, failure);
    }

    /** Whether the body, if it was asked for, belongs to the answer. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    Answer withBody(byte[] bytes) {
        return new Answer(status, retryAfterMs, failure, bytes);
    }
}
