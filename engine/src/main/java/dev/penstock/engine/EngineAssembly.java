package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.engine.capture.CaptureContext.Shaping;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventHooks;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.capture.SuperPropertyStore;
import dev.penstock.engine.context.ContextScopes;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.EventViewer;
import dev.penstock.engine.errors.ExceptionEvents;
import dev.penstock.engine.flags.EngineFlags;
import dev.penstock.engine.flags.FlagAssembly;
import dev.penstock.engine.flags.FlagSurroundings;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.logs.LogCapture;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.MemoryTransport;
import dev.penstock.engine.transport.TransportSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts an engine together from its configuration: which part knows which is said here and nowhere else.
 *
 * <p>A client that is disabled or has no key gets no lanes, no transport and no thread.
 */
final class EngineAssembly {

    private static final long REPEAT_INTERVAL_NS = 60_000_000_000L;

    private final ClientConfig config;
    private final boolean active;
    private final System.Logger logger;
    private final InstantSource wallClock;
    private final EngineThreads threads;
    private final CaptureGate gate;
    private final CoarseClock clock;

    /** Set before anything can go wrong; the listener's thread tells it what a listener throws. */
    private DistinctErrors errors;

    /** These are set before anybody can capture. */
    private EngineFlags flags;

    private Channels channels;
    private Flusher flusher;

    EngineAssembly(ClientConfig config) {
        this.config = config;
        this.active = config.enabled() && !config.apiKey().isEmpty();
        this.logger = config.logger() != null ? config.logger() : System.getLogger("dev.penstock");
        this.wallClock = config.clock() != null ? config.clock() : InstantSource.system();
        this.threads = new EngineThreads(config.name(), config.threadFactory());
        this.gate = new CaptureGate(!active, config.optedOut());
        this.clock = new CoarseClock(wallClock);
    }

    IngestionEngine start() {
        // The rings may not fit the heap: they come before anything that would have to be stopped again.
        CaptureRing[] rings = new CaptureRing[active ? config.lanes() : 0];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new CaptureRing(config.ringSlots(), config.largeEventArenaBytes());
        }
        ListenerThread listener = active ? listener() : null;
        errors = new DistinctErrors(
                logger, config.name(), REPEAT_INTERVAL_NS, listener == null ? null : listener::error);
        errors.setDebug(config.debug());
        AwaitedOutcomes awaited = new AwaitedOutcomes(() -> flusher.flush(Duration.ZERO), threads::isOwnThread);
        HttpTransport http = active ? http() : null;
        BatchTransport transport = batches(http);
        EngineCore core = new EngineCore(
                config,
                threads,
                new KeyRegistry(),
                gate,
                clock,
                new ObjectSerializer(errors),
                errors,
                new Settlements(awaited, listener),
                transport,
                new AtomicLong(System.nanoTime()));
        ChannelFactory factory = new ChannelFactory(core);
        ContextScopes contexts =
                new ContextScopes(this::snapshot, (problem, cause) -> errors.warn("request context", problem, cause));
        SuperPropertyStore superProperties = new SuperPropertyStore(this::snapshot, this::readBack);
        Shaping shaping = new Shaping(
                superProperties,
                contexts,
                subject -> flags.attachment(subject),
                hooks(),
                () -> new EventViewer(factory.encoder(EventShape.PROPERTIES)),
                awaited,
                config.synchronousTimeout());
        Channel events = factory.events(shaping, rings);
        channels = new Channels(
                events,
                new SideChannel("AI events", events, () -> factory.ai(shaping), errors),
                new SideChannel("log records", events, () -> factory.logs(), errors));
        flusher = new Flusher(channels, threads::isOwnThread);
        flags = flags(http, listener, events, contexts);
        StatsReader stats = new StatsReader(channels::started, transport, listener);
        Shutdown shutdown = new Shutdown(gate, channels, flags, transport, listener, threads, stats);
        try {
            start(events);
            superProperties.register(config.superProperties());
        } catch (RuntimeException | Error e) {
            shutdown.close(Duration.ZERO);
            throw e;
        }
        sayWhyDisabled();
        IngestionEngine.Surroundings surroundings = new IngestionEngine.Surroundings(
                flags,
                new AiCapture(channels.ai(), statsOf(channels.ai())),
                new LogCapture(
                        config.logs(),
                        gate::refusal,
                        channels.logs()::count,
                        channels.logs()::scratch,
                        new RequestLogContext(contexts, errors),
                        clock::millis,
                        errors),
                contexts,
                superProperties,
                new ExceptionEvents(config.exceptions(), config.maxEventBytes()));
        return new IngestionEngine(
                config, core.keys(), events.scratches(), gate, errors, surroundings, flusher, stats, shutdown);
    }

    private void start(Channel events) {
        for (int i = 0; i < events.lanes().size(); i++) {
            events.lanes().get(i).start(threads.role("pipeline-" + i));
        }
        flags.start();
    }

    private PropertySnapshot snapshot(Map<String, ?> properties) {
        EventScratch scratch = channels.events().scratches().acquire();
        return scratch.snapshot(properties);
    }

    private Map<String, Object> readBack(Map<String, ?> properties) {
        EventScratch scratch = channels.events().scratches().acquire();
        return scratch.readBack(properties);
    }

    private StatsReader statsOf(SideChannel channel) {
        return new StatsReader(() -> channel.started() == null ? List.of() : List.of(channel.started()), null, null);
    }

    private EventHooks hooks() {
        return config.beforeSend().isEmpty() && config.eventRecorder() == null
                ? null
                : new EventHooks(config.beforeSend(), config.eventRecorder(), errors);
    }

    private BatchTransport batches(HttpTransport http) {
        if (http == null) {
            return null;
        }
        return config.eventRecorder() == null ? http.batches() : new MemoryTransport(http);
    }

    private void sayWhyDisabled() {
        if (config.enabled() && config.apiKey().isEmpty()) {
            logger.log(
                    System.Logger.Level.WARNING,
                    "penstock [" + config.name()
                            + "]: no project API key is set, so nothing is captured; pass one to ClientConfig.builder");
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

    private EngineFlags flags(HttpTransport http, ListenerThread listener, Channel events, ContextScopes contexts) {
        FlagSurroundings surroundings = new FlagSurroundings(
                http == null ? null : http.fetcher(),
                threads::role,
                wallClock,
                clock::millis,
                errors,
                listener == null ? change -> {} : listener::flagsChanged,
                new UsageCapture(events.scratches()),
                contexts::flagContext);
        return new FlagAssembly(config, surroundings).assemble(ChannelFactory.stripes());
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
                        ChannelFactory.maxRequests(config),
                        EngineVersion.NAME + "/" + EngineVersion.version(),
                        threads.role("io")),
                FlagAssembly.MAX_FETCHES,
                wallClock);
    }
}
