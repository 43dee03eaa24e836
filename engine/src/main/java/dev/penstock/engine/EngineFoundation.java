package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.DeliveryListener;
import dev.penstock.client.SaturationListener;
import dev.penstock.client.SpoolMode;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.pipeline.SpoolLosses;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.spool.Spool;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.LaneSaturation;
import dev.penstock.engine.stats.SaturationMonitor;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.TransportSettings;
import dev.penstock.engine.watchdog.Watchdog;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What every engine stands on, whatever it speaks: clocks, threads, the gate, and how the parts below are made.
 *
 * <p>A client that is disabled or has no key gets no rings, no transport and no thread.
 */
final class EngineFoundation {

    private static final long REPEAT_INTERVAL_NS = 60_000_000_000L;
    private static final long UNDO_MS = 1_000;

    private final ClientConfig config;

    /** Whether anything will ever be captured. */
    private final boolean active;

    private final Supplier<System.Logger> logger;
    private final InstantSource wallClock;
    private final EngineThreads threads;
    private final CaptureGate gate;
    private final CoarseClock clock;

    /** Ends what was started, the last first, if the engine cannot be. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Makes what a lane tells of how full its ring of so many slots is; somebody listens once there is a listener. */
    private IntFunction<LaneSaturation> saturation = slots -> LaneSaturation.NONE;

    EngineFoundation(ClientConfig config) {
        this.config = config;
        this.active = config.enabled() && !config.apiKey().isEmpty();
        // Finding the platform's loads the application's logging, which a start need not wait for.
        this.logger = config.logger() != null ? config::logger : () -> System.getLogger("dev.penstock");
        this.wallClock = config.clock() != null ? config.clock() : InstantSource.system();
        this.threads = new EngineThreads(config.name(), config.threadFactory());
        this.gate = new CaptureGate(!active, config.optedOut());
        this.clock = new CoarseClock(wallClock);
    }

    InstantSource wallClock() {
        return wallClock;
    }

    EngineThreads threads() {
        return threads;
    }

    CaptureGate gate() {
        return gate;
    }

    CoarseClock clock() {
        return clock;
    }

    /** One for each lane. They may not fit the heap: they come before anything that would have to be stopped again. */
    CaptureRing[] rings() {
        CaptureRing[] rings = new CaptureRing[active ? config.lanes() : 0];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new CaptureRing(config.ringSlots(), config.largeEventArenaBytes());
        }
        return rings;
    }

    /** Starts the listeners' thread; null if nobody listens. Outcomes are told to the delivery listener, which may be null. */
    ListenerThread listener(DeliveryListener delivery, BiConsumer<String, Throwable> failures) {
        boolean heard = delivery != null
                || config.errorListener() != null
                || config.flagChangeListener() != null
                || config.saturationListener() != null;
        if (!active || !heard) {
            return null;
        }
        ListenerThread listener = new ListenerThread(
                delivery,
                config.errorListener(),
                config.flagChangeListener(),
                config.listenerQueueEvents(),
                threads.role("listener"),
                failures);
        undo.push(() -> end(listener));
        if (config.saturationListener() != null) {
            saturation = saturation(listener)::lane;
        }
        return listener;
    }

    private SaturationMonitor saturation(ListenerThread listener) {
        SaturationListener told = config.saturationListener();
        return new SaturationMonitor(
                config.saturationHigh(), config.saturationLow(), change -> listener.saturationChanged(told, change));
    }

    private static void end(ListenerThread listener) {
        try {
            listener.close(UNDO_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code listener} may be null. */
    DistinctErrors errors(ListenerThread listener) {
        DistinctErrors errors = new DistinctErrors(
                logger, config.name(), REPEAT_INTERVAL_NS, listener == null ? null : listener::error);
        errors.setDebug(config.debug());
        return errors;
    }

    /**
     * The transport; null if nothing will ever be sent.
     *
     * @param maxRequests how many requests of all lanes are open at once
     * @param maxFetches how many others
     */
    HttpTransport http(int maxRequests, int maxFetches) {
        if (!active) {
            return null;
        }
        HttpTransport transport = new HttpTransport(
                new TransportSettings(
                        config.host(),
                        config.headers(),
                        config.proxy(),
                        config.sslContext(),
                        config.connectTimeout(),
                        config.requestTimeout(),
                        maxRequests,
                        EngineVersion.NAME + "/" + EngineVersion.version(),
                        threads.role("io")),
                maxFetches,
                wallClock);
        undo.push(transport.batches()::close);
        return transport;
    }

    /**
     * Opens the spool; null if there is none.
     *
     * @param errors told of trouble with the disk
     * @param settlements told of events that it has to give up
     */
    Spool spool(DistinctErrors errors, SettlementSink settlements) {
        if (!active || config.spool().mode() == SpoolMode.OFF) {
            return null;
        }
        Spool spool = Spool.open(config.spool(), threads.role("spool"), errors, new SpoolLosses(settlements));
        undo.push(() -> spool.close(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNDO_MS)));
        return spool;
    }

    /** Ends what was started: the engine cannot be. */
    void undo() {
        undo.forEach(Runnable::run);
    }

    /**
     * What all channels share. {@code transport} and {@code spool} may be null.
     *
     */
    EngineCore core(DistinctErrors errors, SettlementSink settlements, BatchTransport transport, Spool spool) {
        return new EngineCore(
                config,
                threads,
                new KeyRegistry(),
                gate,
                clock,
                new ObjectSerializer(errors),
                errors,
                settlements,
                transport,
                spool,
                saturation,
                new AtomicLong(System.nanoTime()));
    }

    /** Watches the threads of these, once it is started; null if nothing will ever run. The transport and the listener may be null. */
    Watchdog watchdog(EngineCore core, Channels channels, HttpTransport http, ListenerThread listener) {
        if (!active) {
            return null;
        }
        WatchedParts parts = new WatchedParts(channels, threads)
                .io(http, config)
                .listener(listener)
                .spool(core.spool());
        return new Watchdog(parts::current, config.stallTimeout(), core.errors());
    }

    /**
     * Starts the lanes of the channel that is always there, and the watchdog, which may be null. Its thread begins to watch a
     * moment later: it first makes ready what an application should neither wait for at the start nor in a capture.
     */
    void start(EngineCore core, HttpTransport http, Channel channel, Watchdog watchdog) {
        if (watchdog != null) {
            ThreadFactory factory = threads.role("watchdog");
            watchdog.start(task -> factory.newThread(() -> {
                prepare(core, http);
                task.run();
            }));
        }
        for (int i = 0; i < channel.lanes().size(); i++) {
            channel.lanes().get(i).start(threads.role("pipeline-" + i));
        }
    }

    private static void prepare(EngineCore core, HttpTransport http) {
        try {
            if (http != null) {
                http.prepare();
            }
            if (core.gate().refusal() == null) { // a close waits for the thread
                core.errors().prepare();
                core.objects().prepare();
            }
        } catch (Throwable e) {
            core.errors()
                    .warn(
                            "start",
                            "a part could not be made ready at the start; it is tried again with its first use",
                            e);
        }
    }

    /**
     * Says so if only the missing key keeps the client from capturing.
     *
     * @param remedy what is missing and where to pass it
     */
    void sayWhyInert(String remedy) {
        if (config.enabled() && config.apiKey().isEmpty()) {
            logger.get().log(System.Logger.Level.WARNING, "penstock [" + config.name() + "]: " + remedy);
        }
    }
}
