package dev.penstock.collector;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One log record of an accepted request.
 * <p>
 * Values are those of the wire without their wrapping: {@code String}, {@code Boolean}, {@code Long} for {@code intValue},
 * {@code Double} for {@code doubleValue}, unmodifiable lists and maps.
 *
 * <pre>{@code
 * ReceivedLogRecord log = collector.logs().records().get(0);
 * assertEquals("checkout failed", log.body());
 * assertEquals(4999L, log.attributes().get("amount_cents"));
 * }</pre>
 *
 * <b>Threads:</b> immutable.
 *
 * @param body the message
 * @param severityNumber 1, 5, 9, 13, 17 or 21
 * @param severityText the number's name in capitals, such as {@code WARN}
 * @param timeUnixNano nanoseconds since 1970
 * @param attributes unmodifiable, in the order received
 * @param traceId 32 hexadecimal digits; empty when it was not sent
 * @param spanId 16 hexadecimal digits; empty when it was not sent
 * @param flags trace flags; empty when they were not sent
 * @param resource unmodifiable; attributes of the service that wrote the record, in the order received
 * @param scopeName name of the library that sent the record
 * @param scopeVersion version of that library
 */
public record ReceivedLogRecord(
        Object body,
        int severityNumber,
        String severityText,
        long timeUnixNano,
        Map<String, Object> attributes,
        Optional<String> traceId,
        Optional<String> spanId,
        Optional<Long> flags,
        Map<String, Object> resource,
        String scopeName,
        String scopeVersion) {

    /**
     * The time of the record.
     *
     * @return the instant of {@code timeUnixNano}
     */
    public Instant time() {
        return Instant.ofEpochSecond(0, timeUnixNano);
    }
}
