package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.segment.MessageOutcomes;
import dev.penstock.engine.segment.MessageWriter;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.watchdog.Watchdog;
import java.time.Duration;
import java.util.List;

/** Puts an engine that speaks to Segment together: the parts are those of {@link EngineAssembly}, without what is PostHog's. */
final class SegmentAssembly {

    private final SegmentConfig settings;
    private final ClientConfig config;
    private final EngineFoundation foundation;

    /** Set before anything can go wrong; the listener's thread tells it what a listener throws. */
    private DistinctErrors errors;

    /** Set before anybody can wait. */
    private Flusher flusher;

    SegmentAssembly(SegmentConfig settings) {
        this.settings = settings;
        this.config = settings.engine();
        this.foundation = new EngineFoundation(config);
    }

    SegmentEngine start() {
        try {
            return assemble();
        } catch (RuntimeException | Error e) {
            foundation.undo();
            throw e;
        }
    }

    private SegmentEngine assemble() {
        EngineThreads threads = foundation.threads();
        // What may be refused comes before anything that would have to be stopped again.
        PropertySnapshot context = DefaultContext.of(settings, foundation);
        CaptureRing[] rings = foundation.rings();
        ListenerThread listener = foundation.listener(
                settings.messageListener() == null ? null : new MessageOutcomes(settings.messageListener()),
                (message, cause) -> errors.warn(message, message, cause));
        errors = foundation.errors(listener);
        AwaitedOutcomes awaited = new AwaitedOutcomes(() -> flusher.flush(Duration.ZERO), threads::isOwnThread);
        HttpTransport http = foundation.http(ChannelFactory.maxMessageRequests(config), 0);
        BatchTransport transport = http == null ? null : http.batches();
        Settlements settlements = new Settlements(awaited, listener);
        Spool spool = foundation.spool(errors, settlements);
        EngineCore core = foundation.core(errors, settlements, transport, spool);
        Channel messages = new ChannelFactory(core).messages(settings, context, awaited, rings);
        Channels channels = new Channels(messages, List.of());
        flusher = new Flusher(channels, threads::isOwnThread);
        Watchdog watchdog = foundation.watchdog(core, channels, http, listener);
        StatsReader stats = new StatsReader(channels::started, transport, listener, core, watchdog);
        Shutdown shutdown = new Shutdown(core, channels, null, listener, watchdog, stats);
        try {
            foundation.start(core, http, messages, watchdog);
        } catch (RuntimeException | Error e) {
            shutdown.discard();
            throw e;
        }
        foundation.sayWhyInert("no write key is set, so nothing is sent; pass one to SegmentConfig.builder");
        return new SegmentEngine(
                config,
                core,
                messages,
                new MessageWriter(messages.scratches()),
                new SegmentEngine.Lifecycle(flusher, shutdown, stats));
    }
}
