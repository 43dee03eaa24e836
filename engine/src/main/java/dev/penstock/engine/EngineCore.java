package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

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
 * @param closedIsSaid whether it has been said that captures came after the close
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
        AtomicBoolean closedIsSaid) {

    /** Name and version, as headers say it. */
    String sdkInfo() {
        return EngineVersion.NAME + "/" + EngineVersion.version();
    }

    /** Said once, by the capturing thread: the pipelines, which say everything else, have ended by then. */
    void sayClosed() {
        if (closedIsSaid.compareAndSet(false, true)) {
            errors.warn("CLOSED", "events were captured after close and answered CLOSED", null);
            errors.report(System.nanoTime());
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
