package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.FlushResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The capturing half of an engine, wired as {@code EngineAssembly} wires it and called as {@code IngestionEngine} calls
 * it, with the ring in reach. What reads the ring is up to the subclass.
 * <p>
 * A copy of that wiring, because the engine lets nobody choose its transport or stop its pipeline. When the assembly
 * changes, this changes with it.
 * <p>
 * <b>Threads:</b> captures from any. The account, flags, flush and close of the interface are not supported here.
 */
public abstract class WiredEngine implements CaptureClient {
    private static final int MAX_STRIPES = 256;
    private static final long REPORT_INTERVAL_NS = 60_000_000_000L;

    final CaptureRing ring;
    final CoarseClock clock = new CoarseClock(InstantSource.system());
    final KeyRegistry keys = new KeyRegistry();
    final ResultCounters results;
    final DistinctErrors errors;
    final EventPublisher publisher;
    private final ScratchPool scratches;

    WiredEngine(int ringSlots) {
        int processors = Runtime.getRuntime().availableProcessors();
        int stripes = Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(16, 8 * processors - 1)));
        results = new ResultCounters(stripes);
        errors = new DistinctErrors(System.getLogger("dev.penstock.benchmarks"), "benchmark", REPORT_INTERVAL_NS, null);
        ring = new CaptureRing(ringSlots, ClientConfig.DEFAULT_LARGE_EVENT_ARENA_BYTES);
        publisher = new EventPublisher(new CaptureRing[] {ring}, results, OverflowPolicy.DROP_NEWEST, 0, () -> false);
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
                subject -> null);
        scratches = new ScratchPool(stripes, stripe -> new EventScratch(context, stripe));
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
    public String name() {
        return "benchmark";
    }

    @Override
    public CaptureResult capture(String distinctId, String event, Map<String, ?> properties) {
        EventScratch scratch = scratches.acquire();
        try {
            return scratch.begin(event)
                    .distinctId(distinctId)
                    .putAll(properties)
                    .publish();
        } finally {
            scratch.release();
        }
    }

    @Override
    public <A> CaptureResult capture(EventTranslator<? super A> translator, A argument) {
        EventScratch scratch = scratches.acquire();
        try {
            scratch.begin(null);
            if (!translated(translator, scratch, argument)) {
                return scratch.refuse(CaptureResult.INVALID);
            }
            return scratch.publish();
        } finally {
            scratch.release();
        }
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
    public PropertyKey propertyKey(String name) {
        return keys.register(name);
    }

    @Override
    public FlagClient flags() {
        throw new UnsupportedOperationException("not part of this engine");
    }

    @Override
    public FlushResult flush(Duration timeout) {
        throw new UnsupportedOperationException("not part of this engine");
    }

    @Override
    public CloseReport close(Duration timeout) {
        throw new UnsupportedOperationException("not part of this engine");
    }

    @Override
    public CloseReport discard() {
        throw new UnsupportedOperationException("not part of this engine");
    }

    @Override
    public ClientStats stats() {
        throw new UnsupportedOperationException("not part of this engine");
    }

    @Override
    public void close() {}
}
