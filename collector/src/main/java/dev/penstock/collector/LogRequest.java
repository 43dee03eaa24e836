package dev.penstock.collector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One POST to the logs route.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param path path of the request target, without the query
 * @param query the query as sent, without its question mark; empty when there was none
 * @param headers unmodifiable; header fields by lower-case name; repeated fields are joined with a comma
 * @param wireBytes length of the body as received
 * @param body text of the body after decoding; empty when it was not read or could not be decoded
 * @param records unmodifiable; the log records carried, in order, whether or not they were then counted as received; empty
 *     when the request was invalid
 * @param invalidReason the broken rule; empty for a valid request and for one whose body was not read
 * @param receivedNanos {@link System#nanoTime()} when the header was complete
 * @param status status of the answer; 0 when the request got none, and for a request that hung
 * @param connectionId number of the connection, from 1; equal for requests that shared one
 */
public record LogRequest(
        String path,
        String query,
        Map<String, String> headers,
        int wireBytes,
        String body,
        List<ReceivedLogRecord> records,
        Optional<String> invalidReason,
        long receivedNanos,
        int status,
        long connectionId) {

    LogRequest answered(int withStatus) {
        return new LogRequest(
                path, query, headers, wireBytes, body, records, invalidReason, receivedNanos, withStatus, connectionId);
    }
}
