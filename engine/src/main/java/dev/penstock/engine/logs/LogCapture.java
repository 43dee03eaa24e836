package dev.penstock.engine.logs;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogClient;
import dev.penstock.client.logs.LogLevel;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.client.logs.Logger;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes log records through the gates and writes them for the log channel.
 *
 * <p>The gates come in this order, and what one refuses the later ones never see: closed, disabled or opted out; no body; a
 * hook; the rate cap. So a record that a hook drops costs nothing of the cap.
 *
 * <p>A record is written as {@link dev.penstock.engine.encode.LogEncoder} reads it: body as name, four entries of head, then
 * the attributes.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> a few small objects, and what attributes need.
 */
public final class LogCapture implements LogClient {

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

    private final Supplier<CaptureResult> refusal;
    private final Supplier<EventScratch> scratches;
    private final LogContext context;
    private final LogClock clock;
    private final LogHooks hooks;
    private final RateCap cap;
    private final DistinctErrors errors;
    private final Logger logger = this::log;

    /**
     * Makes a client.
     *
     * @param settings hooks and rate cap
     * @param refusal what every record is answered, or null while records are accepted
     * @param scratches lends a scratch of the log channel; it is sent, and so given back, within the call
     * @param context where a record's context comes from
     * @param millis the wall clock, in milliseconds since the epoch
     * @param errors told about hooks that throw, records over the cap and malformed ids
     */
    public LogCapture(
            LogSettings settings,
            Supplier<CaptureResult> refusal,
            Supplier<EventScratch> scratches,
            LogContext context,
            LongSupplier millis,
            DistinctErrors errors) {
        this.refusal = refusal;
        this.scratches = scratches;
        this.context = context;
        this.clock = new LogClock(millis);
        this.hooks = new LogHooks(settings.beforeSend(), errors);
        this.cap = new RateCap(settings.maxLogs(), settings.window(), errors);
        this.errors = errors;
    }

    @Override
    public CaptureResult captureLog(LogRecord record) {
        CaptureResult refused = refusal.get();
        if (refused != null) {
            return refuse(refused);
        }
        if (record == null || record.body().isBlank()) {
            return refuse(CaptureResult.INVALID);
        }
        LogRecord seen = hooks.apply(record);
        if (seen == null) {
            return refuse(CaptureResult.FILTERED);
        }
        return cap.admits(clock.millis()) ? publish(seen) : refuse(CaptureResult.SAMPLED);
    }

    @Override
    public Logger logger() {
        return logger;
    }

    private CaptureResult log(LogLevel level, String body, Map<String, ?> attributes) {
        LogRecord.Builder record = LogRecord.builder(body).level(level);
        try {
            record.attributes(attributes);
        } catch (RuntimeException | Error e) {
            errors.warn(
                    "log attributes threw",
                    "a map of attributes threw " + e.getClass().getName()
                            + " while it was read; the record goes without the rest of them",
                    e);
        }
        return captureLog(record.build());
    }

    /** Through a scratch, which counts the answer and says once that a closed client is still used. */
    private CaptureResult refuse(CaptureResult answer) {
        return scratches.get().begin("").answer(answer).send();
    }

    private CaptureResult publish(LogRecord record) {
        long nanos = clock.nextNanos();
        EventScratch scratch = scratches
                .get()
                .begin(EventKind.LOG, record.body())
                .distinctId(NOBODY)
                .timestamp(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
        head(record, scratch);
        context(record, scratch);
        record.attributes().forEach((name, value) -> scratch.put(name, FiniteView.of(value)));
        return scratch.send();
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
        if (id == null || (id.length() == digits && id.chars().allMatch(LogCapture::isHexDigit))) {
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

    /** What the record says itself wins, a null as well. */
    private void context(LogRecord record, EventScratch scratch) {
        Map<String, Object> own = record.attributes();
        if (!own.containsKey(DISTINCT_ID)) {
            putUnlessBlank(
                    DISTINCT_ID, record.distinctId() == null ? context.distinctId() : record.distinctId(), scratch);
        }
        if (!own.containsKey(SESSION_ID)) {
            putUnlessBlank(SESSION_ID, record.sessionId() == null ? context.sessionId() : record.sessionId(), scratch);
        }
        if (!own.containsKey(FEATURE_FLAGS)) {
            Collection<String> flags = context.activeFlags();
            if (!flags.isEmpty()) {
                scratch.put(FEATURE_FLAGS, flags);
            }
        }
    }

    private static void putUnlessBlank(String name, String value, EventScratch scratch) {
        if (value != null && !value.isBlank()) {
            scratch.put(name, value);
        }
    }
}
