package dev.penstock.engine.logs;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogClient;
import dev.penstock.client.logs.LogLevel;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.client.logs.Logger;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes log records through the gates.
 *
 * <p>The gates come in this order, and what one refuses the later ones never see: closed, disabled or opted out; no body; a
 * hook; the rate cap. So a record that a hook drops costs nothing of the cap. What is refused here never asks for a scratch of
 * the log channel, which the first one starts.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> a few small objects, and what attributes need.
 */
public final class LogCapture implements LogClient {

    private final Supplier<CaptureResult> refusal;
    private final Consumer<CaptureResult> refusals;
    private final LogClock clock;
    private final LogHooks hooks;
    private final RateCap cap;
    private final LogPublisher publisher;
    private final DistinctErrors errors;
    private final Logger logger = this::log;

    /**
     * Makes a client.
     *
     * @param settings hooks and rate cap
     * @param refusal what every record is answered, or null while records are accepted
     * @param refusals counts the answer of each record that is refused before it is written
     * @param scratches lends a scratch of the log channel; it is sent or cancelled, and so given back, within the call
     * @param context where a record's context comes from
     * @param millis the wall clock, in milliseconds since the epoch
     * @param errors told about hooks, attributes and evaluations that throw, records over the cap and malformed ids
     */
    public LogCapture(
            LogSettings settings,
            Supplier<CaptureResult> refusal,
            Consumer<CaptureResult> refusals,
            Supplier<EventScratch> scratches,
            LogContext context,
            LongSupplier millis,
            DistinctErrors errors) {
        this.refusal = refusal;
        this.refusals = refusals;
        this.clock = new LogClock(millis);
        this.hooks = new LogHooks(settings.beforeSend(), errors);
        this.cap = new RateCap(settings.maxLogs(), settings.window(), errors);
        this.publisher = new LogPublisher(scratches, context, clock, errors);
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
        if (!cap.admits(clock.millis())) {
            return refuse(CaptureResult.SAMPLED);
        }
        CaptureResult published = publisher.publish(seen);
        return published == null ? refuse(CaptureResult.INVALID) : published;
    }

    @Override
    public Logger logger() {
        return logger;
    }

    private CaptureResult log(LogLevel level, String body, Map<String, ?> attributes) {
        LogRecord.Builder record = LogRecord.builder(body).level(level);
        try {
            record.attributes(attributes);
        } catch (Throwable e) {
            errors.warn(
                    "log attributes threw",
                    "a map of attributes threw " + e.getClass().getName()
                            + " while it was read; the record goes without the rest of them",
                    e);
        }
        return captureLog(record.build());
    }

    private CaptureResult refuse(CaptureResult answer) {
        refusals.accept(answer);
        return answer;
    }
}
