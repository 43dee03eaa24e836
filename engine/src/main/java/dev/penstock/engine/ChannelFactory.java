package dev.penstock.engine;

import dev.penstock.client.CaptureMode;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.CompressionFormat;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.client.segment.RetryPolicy;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.CaptureContext.Shaping;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.OutcomeWaits;
import dev.penstock.engine.capture.Sampling;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.LogEncoder;
import dev.penstock.engine.encode.MessageEncoder;
import dev.penstock.engine.encode.SnapshotJson;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.pipeline.BatchLimits;
import dev.penstock.engine.pipeline.Circuit;
import dev.penstock.engine.pipeline.Clocks;
import dev.penstock.engine.pipeline.DeliveryLimits;
import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.NamePrefix;
import dev.penstock.engine.pipeline.Outlet;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.pipeline.RecordFilter;
import dev.penstock.engine.pipeline.ReplayRoutes;
import dev.penstock.engine.pipeline.Reports;
import dev.penstock.engine.pipeline.RetryRules;
import dev.penstock.engine.pipeline.Route;
import dev.penstock.engine.pipeline.Spooling;
import dev.penstock.engine.protocol.PostHogAi;
import dev.penstock.engine.protocol.PostHogLogs;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.protocol.PostHogV1;
import dev.penstock.engine.protocol.Segment;
import dev.penstock.engine.protocol.StoredProtocols;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.ConditionReport;
import dev.penstock.engine.stats.ResultCounters;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Makes channels: which ring, which limits and which protocol belong together is said here and nowhere else.
 *
 * <p><b>Threads:</b> the one that starts the engine, and for side channels the one that first uses them.
 */
final class ChannelFactory {

    private static final int AI_RING_SLOTS = 8_192;

    /** Log records take turns. */
    private static final int LOG_REQUESTS = 1;

    /** Log records of more than 16 KiB may hold this much for each slot of the ring. */
    private static final int LOG_ARENA_BYTES_PER_SLOT = 4 * 1024;

    private static final int MAX_STRIPES = 256;

    /** AI events and log records are few: so many threads are expected to write one at once. */
    private static final int SIDE_STRIPES = 16;

    /** Batches of AI events that the window holds beside the one being filled. */
    private static final int AI_WINDOW_BATCHES = 4;

    private final EngineCore core;
    private final ClientConfig config;

    /** One for all channels, because the rules are the client's; null without rules. */
    private final Sampling sampling;

    ChannelFactory(EngineCore core) {
        this.core = core;
        this.config = core.config();
        this.sampling = Sampling.of(config.sampling(), System::nanoTime);
    }

    /** How many requests are open at once over all channels, at most. */
    static int maxRequests(ClientConfig config) {
        return (config.lanes() + 1) * config.maxInFlightRequests() + LOG_REQUESTS;
    }

    /** How many requests of messages are open at once over all lanes, at most. */
    static int maxMessageRequests(ClientConfig config) {
        return config.lanes() * config.maxInFlightRequests();
    }

    /** How many threads are expected to capture at once; a power of two. */
    static int stripes() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(16, 8 * processors - 1)));
    }

    /** The events' channel, not started; without lanes if nothing will ever be captured. */
    Channel events(Shaping shaping, CaptureRing[] rings) {
        ResultCounters results = new ResultCounters(stripes());
        BatchLimits limits = new BatchLimits(
                config.maxBatchEvents(),
                config.maxBatchBytes(),
                config.maxEventBytes(),
                config.linger().toNanos());
        DeliveryLimits delivery = delivery(config.maxInFlightRequests(), config.maxInFlightBytes(), false);
        ReplayRoutes replays = new ReplayRoutes(
                new StoredProtocols.OfPostHog(config.apiKey(), core.sdkInfo(), config.splitOnBadRequest()),
                protocol -> protocol instanceof PostHogV1 ? bodyWriters() : plainOrGzip());
        List<Lane> lanes = lanes(rings, this::eventRoutes, limits, delivery, results, replays);
        return channel(rings, lanes, results, shaping.sampledBy(sampling), config.maxEventBytes(), stripes());
    }

    /**
     * The channel of Segment messages, not started; without lanes if nothing will ever be captured.
     *
     * @param settings the configuration, of which this factory's is the common part
     * @param context what all messages have in common, as the snapshot of a JSON object
     * @param waits where captures that wait are entered
     * @param rings one for each lane
     */
    Channel messages(SegmentConfig settings, PropertySnapshot context, OutcomeWaits waits, CaptureRing[] rings) {
        ResultCounters results = new ResultCounters(stripes());
        BatchLimits limits = new BatchLimits(
                settings.maxBatchMessages(),
                config.maxBatchBytes(),
                config.maxEventBytes(),
                config.linger().toNanos());
        Segment segment =
                new Segment(config.apiKey(), SnapshotJson.object(context, core.keys()), config.splitOnBadRequest());
        Supplier<List<Route>> routes = () -> List.of(new Route(
                segment,
                new MessageEncoder(core.keys(), settings.contextInMessages() ? context : null),
                plainOrGzip(),
                RecordFilter.ALL));
        ReplayRoutes replays = new ReplayRoutes(
                new StoredProtocols.OfSegment(config.apiKey(), config.splitOnBadRequest()), protocol -> plainOrGzip());
        List<Lane> lanes = lanes(rings, routes, limits, messageDelivery(settings), results, replays);
        return channel(
                rings, lanes, results, Shaping.waiting(waits).sampledBy(sampling), config.maxEventBytes(), stripes());
    }

    /** The channel of AI events, started. */
    Channel ai(Shaping shaping) {
        CaptureRing ring = CaptureRing.withoutReserve(AI_RING_SLOTS, config.aiArenaBytes());
        ResultCounters results = new ResultCounters(SIDE_STRIPES);
        Route route = new Route(
                new PostHogAi(config.apiKey(), config.historicalMigration(), config.splitOnBadRequest()),
                encoder(EventShape.PROPERTIES),
                plainOrGzip(),
                RecordFilter.ALL);
        BatchLimits limits = new BatchLimits(
                config.maxBatchEvents(),
                config.maxAiBatchBytes(),
                config.maxAiEventBytes(),
                config.linger().toNanos());
        long window = Math.max(config.maxInFlightBytes(), (long) AI_WINDOW_BATCHES * config.maxAiBatchBytes());
        DeliveryLimits delivery = delivery(config.maxInFlightRequests(), window, false);
        Lane lane = lane(
                "ai",
                ring,
                List.of(route),
                limits,
                delivery,
                core.settlements(),
                new ConditionReport(results, core.errors()),
                circuit(delivery),
                null);
        Channel channel = channel(
                new CaptureRing[] {ring},
                List.of(lane),
                results,
                shaping.sampledBy(sampling),
                config.maxAiEventBytes(),
                SIDE_STRIPES);
        lane.start(core.threads().role("pipeline-ai"));
        return channel;
    }

    /** The channel of log records, started. */
    Channel logs() {
        LogSettings settings = config.logs();
        CaptureRing ring = CaptureRing.withoutReserve(
                settings.ringSlots(), settings.ringSlots() * (long) LOG_ARENA_BYTES_PER_SLOT);
        ResultCounters results = new ResultCounters(SIDE_STRIPES);
        Route route = new Route(
                new PostHogLogs(config.apiKey(), settings, config.name(), EngineVersion.NAME, EngineVersion.version()),
                new LogEncoder(),
                plainOrGzip(),
                RecordFilter.ALL);
        BatchLimits limits = new BatchLimits(
                settings.maxBatchRecords(),
                settings.maxBatchBytes(),
                config.maxEventBytes(),
                settings.linger().toNanos());
        DeliveryLimits delivery = delivery(LOG_REQUESTS, config.maxInFlightBytes(), true);
        Lane lane = lane(
                "logs",
                ring,
                List.of(route),
                limits,
                delivery,
                null, // listeners hear of events
                new ConditionReport(results, core.errors()),
                circuit(delivery),
                null);
        Channel channel = channel(
                new CaptureRing[] {ring}, List.of(lane), results, Shaping.none(), config.maxEventBytes(), SIDE_STRIPES);
        lane.start(core.threads().role("pipeline-logs"));
        return channel;
    }

    /** An encoder of events for one thread. */
    EventEncoder encoder(EventShape shape) {
        return new EventEncoder(core.keys(), core.systemProperties(shape), shape);
    }

    private List<Lane> lanes(
            CaptureRing[] rings,
            Supplier<List<Route>> routes,
            BatchLimits limits,
            DeliveryLimits delivery,
            ResultCounters results,
            ReplayRoutes replays) {
        Circuit circuit = circuit(delivery);
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < rings.length; i++) {
            // All lanes keep the one clock; only the first speaks for the whole channel, and empties the spool.
            Runnable conditions = i == 0 ? new ConditionReport(results, core.errors()) : () -> {};
            lanes.add(lane(
                    String.valueOf(i),
                    rings[i],
                    routes.get(),
                    limits,
                    delivery,
                    core.settlements(),
                    conditions,
                    circuit,
                    i == 0 ? replays : null));
        }
        return lanes;
    }

    private List<Route> eventRoutes() {
        PostHogV0 v0 = new PostHogV0(config.apiKey(), config.historicalMigration(), config.splitOnBadRequest());
        // A recorder's answers are a status and nothing else.
        if (config.captureMode() == CaptureMode.V0 || config.eventRecorder() != null) {
            return List.of(new Route(v0, encoder(EventShape.PROPERTIES), plainOrGzip(), RecordFilter.ALL));
        }
        PostHogV1 v1 = new PostHogV1(
                config.apiKey(), core.sdkInfo(), config.historicalMigration(), config.splitOnBadRequest());
        return List.of(
                new Route(v0, encoder(EventShape.PROPERTIES), plainOrGzip(), new NamePrefix("$ai_")),
                new Route(v1, encoder(EventShape.OPTIONS), bodyWriters(), RecordFilter.ALL));
    }

    private Supplier<BodyWriter> plainOrGzip() {
        BodyEncoding encoding = config.compression() ? BodyEncoding.GZIP : BodyEncoding.NONE;
        return () -> BodyWriter.create(encoding, config.compressor());
    }

    private Supplier<BodyWriter> bodyWriters() {
        if (config.compression() && config.contentEncoder() != null) {
            return () -> BodyWriter.encodedBy(
                    config.contentEncoder(),
                    (message, cause) -> core.errors().warn("content encoder failed", message, cause));
        }
        if (config.compression() && config.compressionFormat() == CompressionFormat.DEFLATE) {
            return () -> BodyWriter.create(BodyEncoding.DEFLATE, config.compressor());
        }
        return plainOrGzip();
    }

    /** How batches for PostHog are tried again. */
    private static RetryRules retries(ClientConfig config) {
        return RetryRules.steady(config.maxRetries(), config.retryDelay().toMillis());
    }

    /** How batches for Segment are tried again. */
    private static RetryRules messageRetries(SegmentConfig settings) {
        RetryPolicy policy = settings.retryPolicy();
        return RetryRules.fullJitter(
                settings.maxRetries(),
                settings.retryDelay().toMillis(),
                settings.deliveryDeadline().toNanos(),
                policy == null ? null : policy::delay);
    }

    private Circuit circuit(DeliveryLimits delivery) {
        return delivery.retries().circuit(config.circuitFailures(), delivery.requestTimeoutNs());
    }

    private DeliveryLimits delivery(int maxRequests, long maxBytes, boolean inOrder) {
        return new DeliveryLimits(
                maxRequests, maxBytes, retries(config), config.requestTimeout().toNanos(), inOrder);
    }

    private DeliveryLimits messageDelivery(SegmentConfig settings) {
        return new DeliveryLimits(
                config.maxInFlightRequests(),
                config.maxInFlightBytes(),
                messageRetries(settings),
                config.requestTimeout().toNanos());
    }

    private Lane lane(
            String role,
            CaptureRing ring,
            List<Route> routes,
            BatchLimits limits,
            DeliveryLimits delivery,
            SettlementSink settlements,
            Runnable conditions,
            Circuit circuit,
            ReplayRoutes replays) {
        Spooling spooling = core.spool() == null
                ? Spooling.OFF
                : new Spooling(core.spool(), config.spool().mode() == SpoolMode.ALWAYS, replays);
        LaneCounters counters = new LaneCounters();
        PipelineAgent agent = new PipelineAgent(
                core.threads().name("pipeline-" + role),
                ring,
                limits,
                new Outlet(routes, core.transport(), delivery, circuit, spooling),
                new Reports(
                        counters,
                        core.errors(),
                        settlements,
                        conditions,
                        core.saturation().apply(ring.capacity())),
                new Clocks(
                        core.clock(), SystemNanoClock.INSTANCE, new SplittableRandom(new SecureRandom().nextLong())));
        return new Lane(
                ring,
                counters,
                agent,
                failure -> core.errors()
                        .warn("pipeline failed", "the pipeline met an unexpected error: " + failure, failure));
    }

    private Channel channel(
            CaptureRing[] rings,
            List<Lane> lanes,
            ResultCounters results,
            Shaping shaping,
            int maxEventBytes,
            int stripes) {
        EventPublisher publisher = new EventPublisher(
                rings,
                results,
                config.overflowPolicy(),
                config.overflowWait().toNanos(),
                core.threads()::isOwnThread,
                core.gate());
        CaptureContext context = new CaptureContext(
                core.keys(),
                maxEventBytes,
                core.clock(),
                config.idSource(),
                core.objects(),
                publisher,
                results,
                core.errors(),
                core::sayClosed,
                shaping);
        ScratchPool scratches = new ScratchPool(stripes, stripe -> new EventScratch(context, stripe));
        return new Channel(scratches, publisher, results, lanes);
    }
}
