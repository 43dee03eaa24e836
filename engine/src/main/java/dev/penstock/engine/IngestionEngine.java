package dev.penstock.engine;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.pipeline.FlushRequest;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The client: hands captures to a scratch, and flush, close and account to the parts that do them.
 *
 * <p><b>Threads:</b> any; see {@link CaptureClient}.
 */
public final class IngestionEngine implements CaptureClient {

    private static final long FLUSH_CHECK_NS = 100_000_000;

    private final ClientConfig config;
    private final KeyRegistry keys;
    private final ScratchPool scratches;
    private final EventPublisher publisher;
    private final DistinctErrors errors;
    private final List<Lane> lanes;
    private final EngineThreads threads;
    private final StatsReader stats;
    private final FlagClient flags;
    private final Shutdown shutdown;

    IngestionEngine(
            ClientConfig config,
            KeyRegistry keys,
            ScratchPool scratches,
            EventPublisher publisher,
            DistinctErrors errors,
            List<Lane> lanes,
            EngineThreads threads,
            StatsReader stats,
            FlagClient flags,
            Shutdown shutdown) {
        this.config = config;
        this.keys = keys;
        this.scratches = scratches;
        this.publisher = publisher;
        this.errors = errors;
        this.lanes = lanes;
        this.threads = threads;
        this.stats = stats;
        this.flags = flags;
        this.shutdown = shutdown;
    }

    /**
     * Makes and starts an engine.
     *
     * @param config the configuration
     * @return a started engine
     */
    public static IngestionEngine start(ClientConfig config) {
        return new EngineAssembly(config).start();
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public CaptureResult capture(String distinctId, String event, Map<String, ?> properties) {
        EventScratch scratch = scratches.acquire();
        try {
            return scratch.begin(event)
                    .distinctId(distinctId)
                    .putAll(properties)
                    .publish();
        } finally {
            scratch.release();
        }
    }

    @Override
    public <A> CaptureResult capture(EventTranslator<? super A> translator, A argument) {
        EventScratch scratch = scratches.acquire();
        try {
            scratch.begin(null);
            if (!translated(translator, scratch, argument)) {
                return scratch.refuse(CaptureResult.INVALID);
            }
            return scratch.publish();
        } finally {
            scratch.release();
        }
    }

    /** The translator is user code: whatever it throws, nothing is published. */
    private <A> boolean translated(EventTranslator<? super A> translator, EventScratch scratch, A argument) {
        try {
            translator.translate(scratch, argument);
            return true;
        } catch (RuntimeException | Error e) {
            errors.warn("translator threw", "a translator threw " + e.getClass().getName(), e);
            return false;
        }
    }

    @Override
    public EventBuilder event(String name) {
        return scratches.acquire().begin(name);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return keys.register(name);
    }

    @Override
    public FlagClient flags() {
        return flags;
    }

    @Override
    public FlushResult flush(Duration timeout) {
        if (shutdown.hasBegun()) {
            return FlushResult.CLOSED;
        }
        CountDownLatch done = new CountDownLatch(lanes.size());
        List<FlushRequest> requests = new ArrayList<>();
        for (Lane lane : lanes) {
            FlushRequest request = new FlushRequest(lane.ring().claimedPosition(), done);
            requests.add(request);
            lane.agent().flush(request);
        }
        FlushResult result;
        try {
            result = await(done, threads.isOwnThread() ? Duration.ZERO : timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = FlushResult.INTERRUPTED;
        }
        requests.forEach(FlushRequest::abandon);
        return result;
    }

    private FlushResult await(CountDownLatch done, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (done.await(Math.min(left, FLUSH_CHECK_NS), TimeUnit.NANOSECONDS)) {
                return FlushResult.COMPLETED;
            }
            if (left == 0) {
                return FlushResult.TIMED_OUT;
            }
            if (lanes.stream().allMatch(Lane::hasEnded)) {
                return FlushResult.CLOSED; // it ended before it saw the request
            }
        }
    }

    @Override
    public CloseReport close(Duration timeout) {
        return shutdown.close(timeout);
    }

    @Override
    public void close() {
        shutdown.close(config.closeTimeout());
    }

    @Override
    public CloseReport discard() {
        return shutdown.close(Duration.ZERO);
    }

    @Override
    public ClientStats stats() {
        return stats.read();
    }

    @Override
    public String toString() {
        return "IngestionEngine{name=" + config.name() + ", host=" + config.host() + ", "
                + (publisher.refusal() == null ? "open" : publisher.refusal()) + "}";
    }
}
