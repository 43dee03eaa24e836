package dev.penstock.engine.flags.remote;

import java.util.Map;

/**
 * What came of asking the server for flags.
 *
 * @param flags the flags by key, unmodifiable; empty if there is no answer
 * @param requestId the server's id of the request, or null
 * @param evaluatedAtMs when the server evaluated, in epoch milliseconds; 0 if unknown
 * @param minimalUsageEvents whether usage events are to be kept small
 * @param error why there is no answer, or what is wrong with it: {@code timeout}, {@code connection_error}, {@code
 *     api_error_503} and the like, {@code quota_limited}, {@code unknown_error}, or {@code
 *     errors_while_computing_flags}; null if all is well
 * @param isAnswer whether the server has evaluated flags
 */
public record RemoteAnswer(
        Map<String, RemoteFlag> flags,
        String requestId,
        long evaluatedAtMs,
        boolean minimalUsageEvents,
        String error,
        boolean isAnswer) {

    static final String TIMEOUT = "timeout";
    static final String CONNECTION_ERROR = "connection_error";
    static final String QUOTA_LIMITED = "quota_limited";
    static final String UNKNOWN_ERROR = "unknown_error";
    static final String ERRORS_WHILE_COMPUTING = "errors_while_computing_flags";

    /** No answer. */
    static RemoteAnswer failed(String error) {
        return new RemoteAnswer(Map.of(), null, 0, false, error, false);
    }

    static String apiError(int status) {
        return "api_error_" + status;
    }

    /**
     * Whether a flag that is not among {@link #flags()} does not exist.
     *
     * @return true if the server has evaluated everything it was asked for
     */
    public boolean isComplete() {
        return isAnswer && error == null;
    }
}
