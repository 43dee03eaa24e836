package dev.penstock.collector;

import java.util.Map;
import java.util.Optional;

/**
 * One request to a flag route.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param route the route
 * @param path path of the request target, as sent, without the query
 * @param query the query as sent, without its question mark; empty when there was none
 * @param headers unmodifiable; header fields by lower-case name; repeated fields are joined with a comma
 * @param body text of the body after decoding; empty when there was none, or it could not be decoded
 * @param invalidReason the broken rule; empty for a valid request and for one whose body was not read
 * @param receivedNanos {@link System#nanoTime()} when the header was complete
 * @param status status of the answer; 0 when the request got none, and for a request that hung
 * @param connectionId number of the connection, from 1; equal for requests that shared one
 */
public record FlagRequest(
        FlagRoute route,
        String path,
        String query,
        Map<String, String> headers,
        String body,
        Optional<String> invalidReason,
        long receivedNanos,
        int status,
        long connectionId) {

    /**
     * A header field.
     *
     * @param lowerCaseName such as {@code if-none-match}
     * @return its value; empty when it was not sent
     */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /**
     * Parses the body.
     *
     * @return an unmodifiable map in the order received, in the types of {@link ReceivedEvent#properties()}; empty when
     *     the body holds no object
     * @throws java.io.UncheckedIOException if the body is not JSON; that of a valid request always is, or is empty
     */
    public Map<String, Object> fields() {
        return JsonValues.object(body);
    }

    FlagRequest answered(int withStatus) {
        return new FlagRequest(
                route, path, query, headers, body, invalidReason, receivedNanos, withStatus, connectionId);
    }
}
