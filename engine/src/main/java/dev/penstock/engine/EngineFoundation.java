package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.DeliveryListener;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.TransportSettings;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * What every engine stands on, whatever it speaks: clocks, threads, the gate, and how the parts below are made.
 *
 * <p>A client that is disabled or has no key gets no rings, no transport and no thread.
 */
final class EngineFoundation {

    private static final long REPEAT_INTERVAL_NS = 60_000_000_000L;

    private final ClientConfig config;

    /** Whether anything will ever be captured. */
    private final boolean active;

    private final System.Logger logger;
    private final InstantSource wallClock;
    private final EngineThreads threads;
    private final CaptureGate gate;
    private final CoarseClock clock;

    EngineFoundation(ClientConfig config) {
        this.config = config;
        this.active = config.enabled() && !config.apiKey().isEmpty();
        this.logger = config.logger() != null ? config.logger() : System.getLogger("dev.penstock");
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
        if (!active || (delivery == null && config.errorListener() == null && config.flagChangeListener() == null)) {
            return null;
        }
        return new ListenerThread(
                delivery,
                config.errorListener(),
                config.flagChangeListener(),
                config.listenerQueueEvents(),
                threads.role("listener"),
                failures);
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
        return new HttpTransport(
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
    }

    /** {@code transport} may be null. */
    EngineCore core(DistinctErrors errors, SettlementSink settlements, BatchTransport transport) {
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
                new AtomicLong(System.nanoTime()));
    }

    /** Starts the lanes of the channel that is always there. */
    void start(Channel channel) {
        for (int i = 0; i < channel.lanes().size(); i++) {
            channel.lanes().get(i).start(threads.role("pipeline-" + i));
        }
    }

    /**
     * Says so if only the missing key keeps the client from capturing.
     *
     * @param remedy what is missing and where to pass it
     */
    void sayWhyInert(String remedy) {
        if (config.enabled() && config.apiKey().isEmpty()) {
            logger.log(System.Logger.Level.WARNING, "penstock [" + config.name() + "]: " + remedy);
        }
    }
}
