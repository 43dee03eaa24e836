package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.segment.MessageWriter;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The capturing half of an engine, wired as {@code ChannelFactory} wires it and called as {@code IngestionEngine} and
 * {@code SegmentEngine} call it, with the ring in reach. What reads the ring is up to the subclass.
 * <p>
 * A copy of that wiring, because the engine lets nobody choose its transport or stop its pipeline. When that
 * changes, this changes with it. Nothing is added to events from outside: no super properties, no request context.
 * <p>
 * <b>Threads:</b> captures from any.
 */
public abstract class WiredEngine implements CaptureApi, MessageApi {
    private static final int MAX_STRIPES = 256;
    private static final long REPORT_INTERVAL_NS = 60_000_000_000L;

    final CaptureRing ring;
    final CoarseClock clock = new CoarseClock(InstantSource.system());
    final KeyRegistry keys = new KeyRegistry();
    final ResultCounters results;
    final DistinctErrors errors;
    private final ScratchPool scratches;
    private final MessageWriter messages;

    WiredEngine(int ringSlots) {
        int processors = Runtime.getRuntime().availableProcessors();
        int stripes = Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(16, 8 * processors - 1)));
        results = new ResultCounters(stripes);
        errors = new DistinctErrors(
                () -> System.getLogger("dev.penstock.benchmarks"), "benchmark", REPORT_INTERVAL_NS, null);
        ring = new CaptureRing(ringSlots, ClientConfig.DEFAULT_LARGE_EVENT_ARENA_BYTES);
        EventPublisher publisher = new EventPublisher(
                new CaptureRing[] {ring},
                results,
                OverflowPolicy.DROP_NEWEST,
                0,
                () -> false,
                new CaptureGate(false, false));
        CaptureContext context = new CaptureContext(
                keys,
                ClientConfig.DEFAULT_MAX_EVENT_BYTES,
                clock,
                null,
                new ObjectSerializer(errors),
                publisher,
                results,
                errors,
                () -> {},
                CaptureContext.Shaping.none());
        scratches = new ScratchPool(stripes, stripe -> new EventScratch(context, stripe));
        messages = new MessageWriter(scratches);
    }

    /**
     * What the client adds to each event unless told otherwise.
     *
     * @return name to value
     */
    public static Map<String, Object> systemProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("$lib", "penstock-java");
        properties.put("$lib_version", "0.1.0");
        properties.put("$is_server", true);
        properties.put("$geoip_disable", true);
        properties.put("$os", System.getProperty("os.name"));
        properties.put("$os_version", System.getProperty("os.version"));
        properties.put("$java_version", System.getProperty("java.version"));
        return properties;
    }

    /**
     * The registry behind {@link #propertyKey}.
     *
     * @return the registered keys
     */
    public KeyRegistry keys() {
        return keys;
    }

    /**
     * Slots claimed and not yet freed.
     *
     * @return the ring's occupancy
     */
    public long occupied() {
        return ring.occupied();
    }

    /**
     * How many captures got an answer.
     *
     * @param result the answer
     * @return the count
     */
    public long count(CaptureResult result) {
        return results.count(result);
    }

    @Override
    public CaptureResult capture(String distinctId, String event, Map<String, ?> properties) {
        return scratches
                .acquire()
                .begin(event)
                .distinctId(distinctId)
                .putAll(properties)
                .send();
    }

    @Override
    public <A> CaptureResult capture(EventTranslator<? super A> translator, A argument) {
        EventScratch scratch = scratches.acquire();
        scratch.begin(null);
        if (!translated(translator, scratch, argument)) {
            scratch.answer(CaptureResult.INVALID);
        }
        return scratch.send();
    }

    private <A> boolean translated(EventTranslator<? super A> translator, EventScratch scratch, A argument) {
        try {
            translator.translate(scratch, argument);
            return true;
        } catch (RuntimeException | Error e) {
            errors.warn("translator threw", "a translator threw " + e.getClass().getName(), e);
            return false;
        }
    }

    @Override
    public EventBuilder event(String name) {
        return scratches.acquire().begin(name);
    }

    @Override
    public MessageBuilder track(String event) {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_TRACK, event);
    }

    @Override
    public CaptureResult enqueue(Message message) {
        return messages.send(message);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return keys.register(name);
    }
}
