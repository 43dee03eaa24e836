package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.engine.capture.CaptureContext.Shaping;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventHooks;
import dev.penstock.engine.capture.EventScratch;
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
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.MemoryTransport;
import dev.penstock.engine.watchdog.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Puts an engine together from its configuration: which part knows which is said here and nowhere else.
 */
final class EngineAssembly {

    private final ClientConfig config;
    private final EngineFoundation foundation;

    /** Set before anything can go wrong; the listener's thread tells it what a listener throws. */
    private DistinctErrors errors;

    /** These are set before anybody can capture. */
    private EngineFlags flags;

    private Channels channels;
    private Flusher flusher;

    EngineAssembly(ClientConfig config) {
        this.config = config;
        this.foundation = new EngineFoundation(config);
    }

    IngestionEngine start() {
        try {
            return assemble();
        } catch (RuntimeException | Error e) {
            foundation.undo();
            throw e;
        }
    }

    private IngestionEngine assemble() {
        EngineThreads threads = foundation.threads();
        CaptureGate gate = foundation.gate();
        CaptureRing[] rings = foundation.rings();
        ListenerThread listener = foundation.listener(
                config.deliveryListener(), (message, cause) -> errors.warn(message, message, cause));
        errors = foundation.errors(listener);
        AwaitedOutcomes awaited = new AwaitedOutcomes(() -> flusher.flush(Duration.ZERO), threads::isOwnThread);
        HttpTransport http = foundation.http(ChannelFactory.maxRequests(config), FlagAssembly.MAX_FETCHES);
        BatchTransport transport = batches(http);
        Settlements settlements = new Settlements(awaited, listener);
        Spool spool = foundation.spool(errors, settlements);
        EngineCore core = foundation.core(errors, settlements, transport, spool);
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
        SideChannel ai = new SideChannel("AI events", events, () -> factory.ai(shaping), errors);
        SideChannel logs = new SideChannel("log records", events, () -> factory.logs(), errors);
        channels = new Channels(events, List.of(ai, logs));
        flusher = new Flusher(channels, threads::isOwnThread);
        flags = flags(http, listener, events, contexts);
        Watchdog watchdog = foundation.watchdog(core, channels, http, listener);
        StatsReader stats = new StatsReader(channels::started, transport, listener, core, watchdog);
        Shutdown shutdown = new Shutdown(core, channels, flags, listener, watchdog, stats);
        try {
            foundation.start(core, http, events, watchdog);
            flags.start();
            superProperties.register(config.superProperties());
        } catch (RuntimeException | Error e) {
            shutdown.discard();
            throw e;
        }
        foundation.sayWhyInert("no project API key is set, so nothing is captured; pass one to ClientConfig.builder");
        IngestionEngine.Surroundings surroundings = new IngestionEngine.Surroundings(
                flags,
                new AiCapture(ai, statsOf(ai)),
                new LogCapture(
                        config.logs(),
                        gate::refusal,
                        logs::count,
                        logs::scratch,
                        new RequestLogContext(contexts, errors),
                        foundation.clock()::millis,
                        errors),
                contexts,
                superProperties,
                new ExceptionEvents(config.exceptions(), config.maxEventBytes()));
        return new IngestionEngine(config, core.keys(), events, gate, errors, surroundings, flusher, stats, shutdown);
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
        return new StatsReader(
                () -> channel.started() == null ? List.of() : List.of(channel.started()), null, null, null, null);
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

    private EngineFlags flags(HttpTransport http, ListenerThread listener, Channel events, ContextScopes contexts) {
        FlagSurroundings surroundings = new FlagSurroundings(
                http == null ? null : http.fetcher(),
                foundation.threads()::role,
                foundation.wallClock(),
                foundation.clock()::millis,
                errors,
                listener == null ? change -> {} : listener::flagsChanged,
                new UsageCapture(events.scratches()),
                contexts::flagContext);
        return new FlagAssembly(config, surroundings).assemble(ChannelFactory.stripes());
    }
}
