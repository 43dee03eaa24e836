package dev.penstock.collector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One POST to an ingestion route.
 * <p>
 * <b>Threads:</b> immutable.
 *
 * @param route the route
 * @param path path of the request target, without the query; a route may have several
 * @param query the query without its question mark; empty when there was none
 * @param headers unmodifiable; header fields by lower-case name; repeated fields are joined with a comma
 * @param wireBytes length of the body as received
 * @param body text of the body after decoding; empty when it was not read or could not be decoded
 * @param events unmodifiable; the events carried, in order, whether or not they were then counted as received; empty when the
 *     request was invalid
 * @param invalidReason the broken rule; empty for a valid request and for one whose body was not read. A request can be taken
 *     in spite of one, when the analytics route refuses a single event
 * @param receivedNanos {@link System#nanoTime()} when the header was complete
 * @param status status of the answer; 0 when the request got none, and for a request that hung
 * @param connectionId number of the connection, from 1; equal for requests that shared one
 */
public record ReceivedRequest(
        Route route,
        String path,
        String query,
        Map<String, String> headers,
        int wireBytes,
        String body,
        List<ReceivedEvent> events,
        Optional<String> invalidReason,
        long receivedNanos,
        int status,
        long connectionId) {

    /**
     * A header field.
     *
     * @param lowerCaseName such as {@code posthog-attempt}
     * @return its value; empty when it was not sent
     */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /**
     * Tells whether one of the events carried has a name; handy with {@link Collector#answerWhen}.
     *
     * @param eventName name to look for
     * @return true if any event has it
     */
    public boolean hasEvent(String eventName) {
        for (ReceivedEvent event : events) {
            if (event.event().equals(eventName)) {
                return true;
            }
        }
        return false;
    }
}
