package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogClient;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.LogEncoder;
import dev.penstock.engine.logs.LogCapture;
import dev.penstock.engine.logs.LogContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of a log record from client to OTLP, without a thread of the engine's: a test logs into the ring and reads it out
 * again when it likes. Closed, opted out, the clock and the context are what the test says.
 */
public final class LogRig implements LogContext {

    private final CaptureRig rig = CaptureRig.bare();
    private final LogEncoder encoder = new LogEncoder();
    private final JsonOutput out = new JsonOutput(64);
    private final AtomicLong millis = new AtomicLong(CaptureRig.NOW.toEpochMilli());
    private final LogClient logs;
    private CaptureResult refusal;
    private String distinctId;
    private String sessionId;
    private Supplier<Collection<String>> activeFlags = List::of;

    /** Every scratch that was lent, in order; several threads may borrow. */
    private final List<EventScratch> lent = Collections.synchronizedList(new ArrayList<>());

    private LogRig(LogSettings settings) {
        logs = new LogCapture(
                settings,
                () -> refusal,
                answer -> rig.counters().count(answer, 0),
                this::lend,
                this,
                millis::get,
                rig.errors());
    }

    private EventScratch lend() {
        EventScratch scratch = rig.event();
        lent.add(scratch);
        return scratch;
    }

    /**
     * A rig with default settings.
     *
     * @return a rig
     */
    public static LogRig create() {
        return with(LogSettings.builder());
    }

    /**
     * A rig with settings.
     *
     * @param settings the settings
     * @return a rig
     */
    public static LogRig with(LogSettings.Builder settings) {
        return new LogRig(settings.build());
    }

    /**
     * The client under test.
     *
     * @return the client
     */
    public LogClient logs() {
        return logs;
    }

    /**
     * Sets what every record is answered.
     *
     * @param answer the answer, or null to accept
     */
    public void refuse(CaptureResult answer) {
        refusal = answer;
    }

    /**
     * Sets the context.
     *
     * @param id whom it is about, or null
     * @param session the session, or null
     * @param flags active flags
     */
    public void context(String id, String session, String... flags) {
        distinctId = id;
        sessionId = session;
        flags(() -> List.of(flags));
    }

    /**
     * Sets how the context answers about flags.
     *
     * @param flags gives active flags
     */
    public void flags(Supplier<Collection<String>> flags) {
        activeFlags = flags;
    }

    /**
     * The scratches of the log channel that were asked for.
     *
     * @return one for each time, in order
     */
    public List<EventScratch> lent() {
        return lent;
    }

    /**
     * Moves the wall clock.
     *
     * @param byMillis how far; negative is back
     */
    public void move(long byMillis) {
        millis.addAndGet(byMillis);
    }

    @Override
    public String distinctId() {
        return distinctId;
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public Collection<String> activeFlags() {
        return activeFlags.get();
    }

    /**
     * How many records got an answer.
     *
     * @param answer the answer
     * @return a count
     */
    public long count(CaptureResult answer) {
        return rig.counters().count(answer);
    }

    /**
     * How many records were counted as events without a distinct id.
     *
     * @return a count
     */
    public long personless() {
        return rig.counters().personless();
    }

    /**
     * Has warnings said.
     *
     * @return all that was said so far
     */
    public List<String> warnings() {
        return rig.warnings();
    }

    /**
     * Reads everything out of the ring.
     *
     * @return the records as OTLP, parsed strictly, in publish order
     */
    public List<JsonNode> drain() {
        List<JsonNode> records = new ArrayList<>();
        rig.ring()
                .poll(
                        (bytes, offset, length, references, at) -> {
                            out.clear();
                            encoder.encode(bytes, offset, references, at, out);
                            records.add(CaptureRig.parse(out.toString()));
                            return true;
                        },
                        Integer.MAX_VALUE);
        return records;
    }

    /**
     * Captures one record and reads it back.
     *
     * @param filling fills it
     * @return the record
     */
    public JsonNode record(Consumer<LogRecord.Builder> filling) {
        LogRecord.Builder builder = LogRecord.builder("body");
        filling.accept(builder);
        assertThat(logs.captureLog(builder.build())).isEqualTo(CaptureResult.ACCEPTED);
        List<JsonNode> records = drain();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    /**
     * Captures one record and reads an attribute back.
     *
     * @param value the attribute's value
     * @return its value as OTLP, or null if there is no such attribute
     */
    public JsonNode value(Object value) {
        return attribute(record(builder -> builder.attribute("k", value)), "k");
    }

    /**
     * Looks an attribute up.
     *
     * @param record a record
     * @param key the attribute's key
     * @return its value as OTLP, or null if there is no such attribute
     */
    public static JsonNode attribute(JsonNode record, String key) {
        JsonNode found = null;
        for (JsonNode attribute : record.get("attributes")) {
            if (attribute.get("key").textValue().equals(key)) {
                assertThat(found).as("attribute %s given twice", key).isNull();
                found = attribute.get("value");
            }
        }
        return found;
    }
}
