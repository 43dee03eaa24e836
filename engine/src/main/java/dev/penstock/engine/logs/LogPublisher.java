package dev.penstock.engine.logs;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes a record that has passed the gates, with its time and its context, and publishes it on the log channel.
 *
 * <p>A record is written as {@link dev.penstock.engine.encode.LogEncoder} reads it: body as name, four entries of head, then
 * the context and the attributes. The context is read before a scratch is taken: what runs the application's code while it
 * holds a scratch must give it back whatever that code throws.
 *
 * <p><b>Threads:</b> any.
 */
final class LogPublisher {

    private static final String DISTINCT_ID = "posthogDistinctId";
    private static final String SESSION_ID = "sessionId";
    private static final String FEATURE_FLAGS = "feature_flags";

    /** The head's entries are known by their place. */
    private static final String HEAD = "";

    /** A record of the channel needs a distinct id, or would get a random one; it is not sent. */
    private static final String NOBODY = "log";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TRACE_ID_DIGITS = 32;
    private static final int SPAN_ID_DIGITS = 16;

    private final Supplier<EventScratch> scratches;
    private final LogContext context;
    private final LogClock clock;
    private final DistinctErrors errors;

    LogPublisher(Supplier<EventScratch> scratches, LogContext context, LogClock clock, DistinctErrors errors) {
        this.scratches = scratches;
        this.context = context;
        this.clock = clock;
        this.errors = errors;
    }

    /** What the request knows and the record does not say itself; null or blank is left out. */
    private record Known(String distinctId, String sessionId, Collection<String> flags) {}

    /** What became of the record; null if it could not be written. */
    CaptureResult publish(LogRecord record) {
        Known known = knownOf(record);
        long nanos = clock.nextNanos();
        EventScratch scratch = scratches.get();
        try {
            scratch.begin(EventKind.LOG, record.body())
                    .distinctId(NOBODY)
                    .timestamp(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
            head(record, scratch);
            context(known, scratch);
            record.attributes().forEach((name, value) -> scratch.put(name, FiniteView.of(value)));
        } catch (Throwable e) {
            scratch.cancel();
            errors.warn(
                    "log record not written",
                    "a log record could not be written and is dropped, because an attribute threw "
                            + e.getClass().getName(),
                    e);
            return null;
        }
        return scratch.send();
    }

    /** What the record says itself wins, a null as well. */
    private Known knownOf(LogRecord record) {
        Map<String, Object> own = record.attributes();
        String distinctId = record.distinctId() == null ? context.distinctId() : record.distinctId();
        String sessionId = record.sessionId() == null ? context.sessionId() : record.sessionId();
        return new Known(
                own.containsKey(DISTINCT_ID) ? null : distinctId,
                own.containsKey(SESSION_ID) ? null : sessionId,
                own.containsKey(FEATURE_FLAGS) ? List.of() : activeFlags());
    }

    /** Evaluations may be the application's own implementation. */
    private Collection<String> activeFlags() {
        try {
            return context.activeFlags();
        } catch (Throwable e) {
            errors.warn("flags of a log record", "evaluations could not be read, so a log record has no flags", e);
            return List.of();
        }
    }

    private static void context(Known known, EventScratch scratch) {
        putUnlessBlank(DISTINCT_ID, known.distinctId(), scratch);
        putUnlessBlank(SESSION_ID, known.sessionId(), scratch);
        if (!known.flags().isEmpty()) {
            scratch.put(FEATURE_FLAGS, known.flags());
        }
    }

    private static void putUnlessBlank(String name, String value, EventScratch scratch) {
        if (value != null && !value.isBlank()) {
            scratch.put(name, value);
        }
    }

    private void head(LogRecord record, EventScratch scratch) {
        scratch.put(HEAD, (long) record.level().ordinal());
        scratch.put(HEAD, validId(record.traceId(), TRACE_ID_DIGITS));
        scratch.put(HEAD, validId(record.spanId(), SPAN_ID_DIGITS));
        if (record.traceFlags().isPresent()) {
            scratch.put(HEAD, (long) record.traceFlags().getAsInt());
        } else {
            scratch.put(HEAD, (String) null);
        }
    }

    /** The server keeps no other id, and one that is not even hexadecimal might cost the whole batch. */
    private String validId(String id, int digits) {
        if (id == null || (id.length() == digits && id.chars().allMatch(LogPublisher::isHexDigit))) {
            return id;
        }
        errors.warn(
                "malformed trace or span id",
                "a log's trace id is not 32 or its span id not 16 hexadecimal digits; the id is left out",
                null);
        return null;
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
