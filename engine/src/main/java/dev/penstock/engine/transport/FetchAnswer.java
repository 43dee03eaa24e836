package dev.penstock.engine.transport;

import java.time.Instant;

/**
 * What came back for a fetch: an answer with all of its body, or a failure.
 *
 * @param status the HTTP status, or 0 after a failure
 * @param etag the value of {@code ETag} byte for byte, or null if there was none
 * @param retryAfterMs the delay the server asked for, an hour at most; 0 if it did not or asked for something unreadable
 * @param date the server's own time to the second, or null if it did not say or nobody can read it
 * @param body the decompressed body of an answer of the 200s; empty for any other status, which says enough by itself
 * @param failure the kind of failure, or null if there is an answer
 * @param reason why there is no answer: a short sentence without secrets, or null if there is one
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed over, never compared
public record FetchAnswer(
        int status, String etag, long retryAfterMs, Instant date, byte[] body, FailureKind failure, String reason) {

    private static final byte[] NOTHING = {};

    /**
     * No answer came, or only a part of one.
     *
     * @param failure the kind
     * @param reason why, without secrets
     * @return the answer that says so
     */
    public static FetchAnswer failed(FailureKind failure, String reason) {
        return new FetchAnswer(0, null, 0, null, NOTHING, failure, reason);
    }

    /** An answer of which only the head matters. */
    static FetchAnswer bare(int status, String etag, long retryAfterMs, Instant date) {
        return new FetchAnswer(status, etag, retryAfterMs, date, NOTHING, null, null);
    }

    FetchAnswer withBody(byte[] bytes) {
        return new FetchAnswer(status, etag, retryAfterMs, date, bytes, failure, reason);
    }

    /** Whether the body belongs to the answer. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return failure == null
                ? "FetchAnswer{status=" + status + ", bytes=" + body.length + '}'
                : "FetchAnswer{" + failure + ": " + reason + '}';
    }
}
