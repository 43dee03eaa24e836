package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.flags.EngineFlags;
import dev.penstock.engine.flags.FlagAssembly;
import dev.penstock.engine.flags.FlagSurroundings;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.pipeline.BatchLimits;
import dev.penstock.engine.pipeline.Clocks;
import dev.penstock.engine.pipeline.DeliveryLimits;
import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.Outlet;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.pipeline.Reports;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.ConditionReport;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Fetcher;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.TransportSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Puts an engine together from its configuration: which part knows which is said here and nowhere else.
 *
 * <p>A client that is disabled or has no key gets no lanes, no transport and no thread.
 */
final class EngineAssembly {

    private static final long REPEAT_INTERVAL_NS = 60_000_000_000L;
    private static final int MAX_STRIPES = 256;

    private final ClientConfig config;
    private final String version = EngineVersion.version();
    private final System.Logger logger;
    private final InstantSource wallClock;
    private final EngineThreads threads;
    private final KeyRegistry keys = new KeyRegistry();
    private final int stripes;
    private final ResultCounters results;

    private final AtomicBoolean closedIsSaid = new AtomicBoolean();

    /** Set before anything can go wrong; the listener's thread tells it what a listener throws. */
    private DistinctErrors errors;

    /** Set before anybody can capture. */
    private EngineFlags flags;

    EngineAssembly(ClientConfig config) {
        this.config = config;
        this.logger = config.logger() != null ? config.logger() : System.getLogger("dev.penstock");
        this.wallClock = config.clock() != null ? config.clock() : InstantSource.system();
        this.threads = new EngineThreads(config.name(), config.threadFactory());
        int processors = Runtime.getRuntime().availableProcessors();
        this.stripes = Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(16, 8 * processors - 1)));
        this.results = new ResultCounters(stripes);
    }

    IngestionEngine start() {
        boolean active = config.enabled() && !config.apiKey().isEmpty();
        // The rings may not fit the heap: they come before anything that would have to be stopped again.
        CaptureRing[] rings = new CaptureRing[active ? config.lanes() : 0];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new CaptureRing(config.ringSlots(), config.largeEventArenaBytes());
        }
        ListenerThread listener = active ? listener() : null;
        errors = new DistinctErrors(
                logger, config.name(), REPEAT_INTERVAL_NS, listener == null ? null : listener::error);
        CoarseClock clock = new CoarseClock(wallClock);
        EventPublisher publisher = new EventPublisher(
                rings, results, config.overflowPolicy(), config.overflowWait().toNanos(), threads::isOwnThread);
        HttpTransport http = active ? http() : null;
        BatchTransport transport = active ? http.batches() : null;
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < rings.length; i++) {
            lanes.add(lane(i, rings[i], transport, listener, clock));
        }
        if (!active) {
            publisher.refuseAll(CaptureResult.DISABLED);
            sayWhyDisabled();
        }
        CaptureContext context = new CaptureContext(
                keys,
                config.maxEventBytes(),
                clock,
                config.idSource(),
                new ObjectSerializer(errors),
                publisher,
                results,
                errors,
                this::sayClosed,
                subject -> flags.attachment(subject));
        ScratchPool scratches = new ScratchPool(stripes, stripe -> new EventScratch(context, stripe));
        flags = flags(active ? http.fetcher() : null, listener, scratches, clock);
        StatsReader stats = new StatsReader(results, lanes, transport, listener);
        Shutdown shutdown = new Shutdown(publisher, lanes, flags, transport, listener, threads, stats);
        try {
            for (int i = 0; i < lanes.size(); i++) {
                lanes.get(i).start(threads.role("pipeline-" + i));
            }
            flags.start();
        } catch (RuntimeException | Error e) {
            shutdown.close(Duration.ZERO);
            throw e;
        }
        return new IngestionEngine(config, keys, scratches, publisher, errors, lanes, threads, stats, flags, shutdown);
    }

    private void sayWhyDisabled() {
        if (config.enabled()) {
            logger.log(
                    System.Logger.Level.WARNING,
                    "penstock [" + config.name()
                            + "]: no project API key is set, so nothing is captured; pass one to ClientConfig.builder");
        }
    }

    /** Said once, by the capturing thread: the pipelines, which say everything else, have ended by then. */
    private void sayClosed() {
        if (closedIsSaid.compareAndSet(false, true)) {
            errors.warn("CLOSED", "events were captured after close and answered CLOSED", null);
            errors.report(System.nanoTime());
        }
    }

    private ListenerThread listener() {
        if (config.deliveryListener() == null
                && config.errorListener() == null
                && config.flagChangeListener() == null) {
            return null;
        }
        return new ListenerThread(
                config.deliveryListener(),
                config.errorListener(),
                config.flagChangeListener(),
                config.listenerQueueEvents(),
                threads.role("listener"),
                (message, cause) -> errors.warn(message, message, cause));
    }

    private EngineFlags flags(Fetcher fetcher, ListenerThread listener, ScratchPool scratches, CoarseClock clock) {
        FlagSurroundings surroundings = new FlagSurroundings(
                fetcher,
                threads::role,
                wallClock,
                clock::millis,
                errors,
                listener == null ? change -> {} : listener::flagsChanged,
                new UsageCapture(scratches));
        return new FlagAssembly(config, surroundings).assemble(stripes);
    }

    private HttpTransport http() {
        return new HttpTransport(
                new TransportSettings(
                        config.host(),
                        config.headers(),
                        config.proxy(),
                        config.sslContext(),
                        config.connectTimeout(),
                        config.requestTimeout(),
                        config.lanes() * config.maxInFlightRequests(),
                        EngineVersion.NAME + "/" + version,
                        threads.role("io")),
                FlagAssembly.MAX_FETCHES,
                wallClock);
    }

    private Lane lane(
            int index, CaptureRing ring, BatchTransport transport, ListenerThread listener, CoarseClock clock) {
        Protocol protocol = new PostHogV0(
                config.apiKey(), config.compression(), config.historicalMigration(), config.splitOnBadRequest());
        LaneCounters counters = new LaneCounters();
        // All lanes keep the one clock; only the first speaks for the whole client.
        Runnable conditions = index == 0 ? new ConditionReport(results, errors) : () -> {};
        Outlet outlet = new Outlet(
                protocol,
                transport,
                () -> BodyWriter.create(config.compression()),
                new DeliveryLimits(
                        config.maxInFlightRequests(),
                        config.maxInFlightBytes(),
                        config.maxRetries(),
                        config.retryDelay().toMillis(),
                        config.requestTimeout().toNanos()));
        PipelineAgent agent = new PipelineAgent(
                threads.name("pipeline-" + index),
                ring,
                new EventEncoder(keys, new SystemProperties(systemProperties())),
                new BatchLimits(
                        config.maxBatchEvents(),
                        config.maxBatchBytes(),
                        config.maxEventBytes(),
                        config.linger().toNanos()),
                outlet,
                new Reports(counters, errors, listener, conditions),
                new Clocks(clock, SystemNanoClock.INSTANCE, new SplittableRandom()));
        return new Lane(
                ring,
                counters,
                agent,
                failure -> errors.warn("pipeline failed", "the pipeline met an unexpected error: " + failure, failure));
    }

    private Map<String, Object> systemProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("$lib", EngineVersion.NAME);
        properties.put("$lib_version", version);
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
        return properties;
    }
}
