package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.Compressor;
import dev.penstock.client.DeliveryListener;
import dev.penstock.client.Outcome;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.RecordEncoder;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.protocol.PostHogV1;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.LaneSaturation;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.testing.ManualClock;
import dev.penstock.engine.testing.RecordingLogger;
import dev.penstock.engine.testing.RecordingTransport;
import dev.penstock.engine.testing.SentBatch;
import dev.penstock.engine.testing.StallingTransport;
import dev.penstock.engine.time.CoarseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.AgentTerminationException;

/**
 * A pipeline turned by hand: no thread, no real time, nothing on a wire. Options are set before the first use.
 */
final class PipelineFixture {

    static final Instant START = Instant.parse("2026-02-11T09:30:02.417Z");
    static final Duration LINGER = Duration.ofMillis(200);
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final Duration TICK = Duration.ofMillis(1);

    final ManualClock clock = new ManualClock(START);
    final RecordingLogger logger = new RecordingLogger();
    final LaneCounters counters = new LaneCounters();

    RecordingTransport transport = new RecordingTransport(clock);
    int ringSlots = 4_096;
    int maxEvents = 100;
    int maxBytes = 500 * 1024;
    int maxEventBytes = 900 * 1024;
    int maxRequests = 4;
    long maxInFlightBytes = 16 << 20;
    int maxRetries = 3;
    long retryDelayMs = 500;

    /** How long a batch is tried; then the rules are Segment's, but null makes them PostHog's. */
    Duration deadline;

    /** The user's, with a deadline only. */
    IntFunction<Duration> retryPolicy;

    boolean gzip = true;
    boolean split = true;
    boolean inOrder;
    RandomGenerator random = () -> 0;
    Runnable conditions = () -> {};

    /** Runs whenever an event is read from the ring. */
    Runnable onRead = () -> {};

    /** Never opens, unless a test is about that. */
    Circuit circuit = new Circuit(0, 500_000_000L, 30_000_000_000L, TIMEOUT.toNanos());

    Spooling spooling = Spooling.OFF;

    DeliveryListener listener;
    SettlementSink settlements;

    /** What makes request bodies, or null for what {@link #gzip} says. */
    Supplier<BodyWriter> bodyWriters;

    /** Whether events go to the analytics endpoint, and AI events to the other. */
    boolean v1;

    private CaptureRing ring;
    private PipelineAgent agent;
    private ScratchPool scratches;
    private ListenerThread listenerThread;
    private Runnable listenerTask;
    private boolean ended;

    StallingTransport stalling() {
        StallingTransport stalling = new StallingTransport(clock);
        transport = stalling;
        return stalling;
    }

    PipelineAgent agent() {
        start();
        return agent;
    }

    CaptureRing ring() {
        start();
        return ring;
    }

    private void start() {
        if (agent != null) {
            return;
        }
        ring = new CaptureRing(ringSlots, 16 << 20);
        DistinctErrors errors = new DistinctErrors(() -> logger, "test", 60_000_000_000L, null);
        ResultCounters results = new ResultCounters(1);
        KeyRegistry keys = new KeyRegistry();
        CoarseClock wall = new CoarseClock(clock);
        EventPublisher publisher = new EventPublisher(
                new CaptureRing[] {ring},
                results,
                OverflowPolicy.DROP_NEWEST,
                0,
                () -> false,
                new CaptureGate(false, false));
        CaptureContext context = new CaptureContext(
                keys,
                maxEventBytes,
                wall,
                null,
                new ObjectSerializer(errors),
                publisher,
                results,
                errors,
                () -> {},
                CaptureContext.Shaping.none());
        scratches = new ScratchPool(1, stripe -> new EventScratch(context, stripe));
        if (listener != null) {
            listenerThread = new ListenerThread(listener, null, null, 1_000, this::unstarted, (message, cause) -> {});
        }
        Outlet outlet = new Outlet(
                routes(new EventEncoder(keys, new SystemProperties(Map.of("$lib", "test")), EventShape.PROPERTIES)),
                transport,
                new DeliveryLimits(maxRequests, maxInFlightBytes, retryRules(), TIMEOUT.toNanos(), inOrder),
                circuit,
                spooling);
        agent = new PipelineAgent(
                "test",
                ring,
                new BatchLimits(maxEvents, maxBytes, maxEventBytes, LINGER.toNanos()),
                outlet,
                new Reports(
                        counters,
                        errors,
                        listenerThread != null ? listenerThread : settlements,
                        conditions,
                        LaneSaturation.NONE),
                new Clocks(wall, clock, random));
    }

    private RetryRules retryRules() {
        return deadline == null
                ? RetryRules.steady(maxRetries, retryDelayMs)
                : RetryRules.fullJitter(maxRetries, retryDelayMs, deadline.toNanos(), retryPolicy);
    }

    private List<Route> routes(EventEncoder events) {
        RecordEncoder encoder = (bytes, offset, references, at, out) -> {
            onRead.run();
            events.encode(bytes, offset, references, at, out);
        };
        PostHogV0 v0 = new PostHogV0("phc_test", false, split);
        Supplier<BodyWriter> bodies = bodyWriters != null
                ? bodyWriters
                : () -> BodyWriter.create(gzip ? BodyEncoding.GZIP : BodyEncoding.NONE, Compressor.EVENT_AWARE);
        if (!v1) {
            return List.of(new Route(v0, encoder, bodies, RecordFilter.ALL));
        }
        return List.of(
                new Route(v0, encoder, bodies, new NamePrefix("$ai_")),
                new Route(new PostHogV1("phc_test", "test/1", false, split), encoder, bodies, RecordFilter.ALL));
    }

    /** A listener thread that never runs; {@link #tellListener} does its work. */
    private Thread unstarted(Runnable task) {
        listenerTask = task;
        return new Thread(task) {
            @Override
            public synchronized void start() {
                // not here
            }
        };
    }

    /** Calls the listener with everything queued, once. */
    void tellListener() throws InterruptedException {
        listenerThread.close(1);
        listenerTask.run();
    }

    void capture(int count) {
        for (int i = 0; i < count; i++) {
            capture("event-" + i);
        }
    }

    void capture(String name) {
        capture(name, "");
    }

    void capture(String name, String text) {
        capture(name, text, null);
    }

    /** An event with an id of the test's own, or of the library's if that is null. */
    void capture(String name, String text, UUID uuid) {
        start();
        EventScratch scratch = scratches.acquire();
        CaptureResult result = scratch.begin(name)
                .distinctId("user")
                .uuid(uuid)
                .put("text", text)
                .send();
        assertThat(result).isEqualTo(CaptureResult.ACCEPTED);
    }

    /** One turn; time stands still. */
    void turn() {
        start();
        if (ended) {
            return;
        }
        try {
            agent.doWork();
        } catch (AgentTerminationException e) {
            ended = true;
            agent.onClose();
        }
    }

    /** As many turns as it takes until nothing moves; time stands still. */
    void settle() {
        for (int i = 0; i < 600; i++) {
            turn();
        }
    }

    /** Turns as time goes by, a millisecond each. */
    void pass(Duration duration) {
        for (long ms = duration.toMillis(); ms > 0; ms--) {
            clock.advance(TICK);
            turn();
        }
    }

    /** Turns as time goes by, in larger steps. */
    void pass(Duration duration, Duration step) {
        for (long left = duration.toNanos(); left > 0; left -= step.toNanos()) {
            clock.advance(step);
            turn();
        }
    }

    CountDownLatch flush() {
        start();
        CountDownLatch done = new CountDownLatch(1);
        agent.flush(new FlushRequest(ring.claimedPosition(), done));
        return done;
    }

    void requestClose(Duration timeout) {
        start();
        agent.requestClose(clock.nanoTime() + timeout.toNanos());
    }

    boolean hasEnded() {
        return ended;
    }

    long settled(Outcome outcome) {
        return counters.settled(outcome);
    }

    long figure(LaneCounters.Figure figure) {
        return counters.figure(figure);
    }

    /** Fails unless each event has an outcome and these are the numbers. */
    void assertOutcomes(long delivered, long refused, long expired, long discarded) {
        assertThat(settled(Outcome.DELIVERED)).as("delivered").isEqualTo(delivered);
        assertThat(settled(Outcome.REFUSED)).as("refused").isEqualTo(refused);
        assertThat(settled(Outcome.EXPIRED)).as("expired").isEqualTo(expired);
        assertThat(settled(Outcome.DISCARDED)).as("discarded").isEqualTo(discarded);
        assertThat(figure(LaneCounters.Figure.OPEN_EVENTS)).as("open").isZero();
        assertThat(figure(LaneCounters.Figure.IN_FLIGHT_EVENTS)).as("in flight").isZero();
    }

    /** Milliseconds from one request to another, without the fraction. */
    static long gapMs(SentBatch earlier, SentBatch later) {
        return (later.nanos() - earlier.nanos()) / 1_000_000;
    }
}
