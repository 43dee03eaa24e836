package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.LaneSaturation;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * What all channels of an engine share.
 *
 * @param config the configuration
 * @param threads makes threads
 * @param keys the registered property keys
 * @param gate whether anything is accepted
 * @param clock stamps events
 * @param objects serializes what no rule of ours covers
 * @param errors told of trouble
 * @param settlements told of outcomes
 * @param transport puts requests on the wire; null if nothing will ever be sent
 * @param spool where batches are kept on disk; null if nowhere
 * @param saturation makes what a lane tells of how full its ring of so many slots is
 * @param closedDueNs when to say next that captures came after the close
 */
record EngineCore(
        ClientConfig config,
        EngineThreads threads,
        KeyRegistry keys,
        CaptureGate gate,
        CoarseClock clock,
        ObjectSerializer objects,
        DistinctErrors errors,
        SettlementSink settlements,
        BatchTransport transport,
        Spool spool,
        IntFunction<LaneSaturation> saturation,
        AtomicLong closedDueNs) {

    private static final long SAY_CLOSED_NS = 60_000_000_000L;

    /** Name and version, as headers say it. */
    String sdkInfo() {
        return EngineVersion.NAME + "/" + EngineVersion.version();
    }

    /** Said once a minute by a capturing thread: the pipelines, which say everything else, have ended by then. */
    void sayClosed() {
        errors.warn("CLOSED", "events were captured after close and answered CLOSED", null);
        long now = System.nanoTime();
        long due = closedDueNs.get();
        if (now - due >= 0 && closedDueNs.compareAndSet(due, now + SAY_CLOSED_NS)) {
            errors.report(now);
        }
    }

    /** The client's own properties; name and version are said elsewhere where there are options. */
    SystemProperties systemProperties(EventShape shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (shape == EventShape.PROPERTIES) {
            properties.put("$lib", EngineVersion.NAME);
            properties.put("$lib_version", EngineVersion.version());
        }
        if (config.serverProperty()) {
            properties.put("$is_server", true);
        }
        if (config.disableGeoIp()) {
            properties.put("$geoip_disable", true);
        }
        if (config.systemProperties()) {
            properties.put("$os", System.getProperty("os.name"));
            properties.put("$os_version", System.getProperty("os.version"));
            properties.put("$java_version", System.getProperty("java.version"));
        }
        return new SystemProperties(properties);
    }
}
