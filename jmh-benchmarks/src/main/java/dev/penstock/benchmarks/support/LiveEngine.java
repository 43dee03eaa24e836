package dev.penstock.benchmarks.support;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.Compressor;
import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.pipeline.BatchLimits;
import dev.penstock.engine.pipeline.Clocks;
import dev.penstock.engine.pipeline.DeliveryLimits;
import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.Outlet;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.pipeline.RecordFilter;
import dev.penstock.engine.pipeline.Reports;
import dev.penstock.engine.pipeline.RetryRules;
import dev.penstock.engine.pipeline.Route;
import dev.penstock.engine.pipeline.Spooling;
import dev.penstock.engine.protocol.PostHogV0;
import dev.penstock.engine.stats.ConditionReport;
import dev.penstock.engine.stats.LaneSaturation;
import dev.penstock.engine.transport.BatchTransport;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/**
 * An engine with its pipeline at work, over a transport and an idle strategy of the benchmark's choice.
 * <p>
 * <b>Threads:</b> captures from any; one thread of its own. {@link #close()} once.
 */
public final class LiveEngine extends WiredEngine {
    private static final long CLOSE_NS = 10_000_000_000L;

    private final LaneCounters counters = new LaneCounters();
    private final PipelineAgent agent;
    private final Thread thread;

    /**
     * Makes an engine and starts its pipeline.
     *
     * @param transport where batches go
     * @param gzip whether bodies are compressed
     * @param batchEvents how many events close a batch
     * @param idle what the pipeline does without work
     */
    public LiveEngine(BatchTransport transport, boolean gzip, int batchEvents, IdleStrategy idle) {
        super(ClientConfig.DEFAULT_RING_SLOTS);
        RetryRules retries =
                RetryRules.steady(ClientConfig.DEFAULT_MAX_RETRIES, ClientConfig.DEFAULT_RETRY_DELAY.toMillis());
        Outlet outlet = new Outlet(
                List.of(new Route(
                        new PostHogV0("phc_benchmark", false, true),
                        new EventEncoder(keys, new SystemProperties(systemProperties()), EventShape.PROPERTIES),
                        () -> BodyWriter.create(gzip ? BodyEncoding.GZIP : BodyEncoding.NONE, Compressor.EVENT_AWARE),
                        RecordFilter.ALL)),
                transport,
                new DeliveryLimits(
                        ClientConfig.DEFAULT_MAX_IN_FLIGHT_REQUESTS,
                        ClientConfig.DEFAULT_MAX_IN_FLIGHT_BYTES,
                        retries,
                        ClientConfig.DEFAULT_REQUEST_TIMEOUT.toNanos()),
                retries.circuit(ClientConfig.DEFAULT_CIRCUIT_FAILURES, ClientConfig.DEFAULT_REQUEST_TIMEOUT.toNanos()),
                Spooling.OFF);
        agent = new PipelineAgent(
                "penstock-benchmark-pipeline-0",
                ring,
                new BatchLimits(
                        batchEvents,
                        ClientConfig.DEFAULT_MAX_BATCH_BYTES,
                        ClientConfig.DEFAULT_MAX_EVENT_BYTES,
                        ClientConfig.DEFAULT_LINGER.toNanos()),
                outlet,
                new Reports(counters, errors, null, new ConditionReport(results, errors), LaneSaturation.NONE),
                new Clocks(clock, SystemNanoClock.INSTANCE, new SplittableRandom()));
        AgentRunner runner = new AgentRunner(idle, LiveEngine::onError, null, agent);
        thread = AgentRunner.startOnThread(runner, task -> {
            Thread pipeline = new Thread(task, "penstock-benchmark-pipeline-0");
            pipeline.setDaemon(true);
            return pipeline;
        });
    }

    /**
     * Parks as long as the engine does. The engine's own does so at once after a turn with work, and knows when a batch has to
     * leave.
     *
     * @return a new one
     */
    public static IdleStrategy shippedIdleStrategy() {
        return new BackoffIdleStrategy(0, 0, 500_000, 2_000_000);
    }

    private static void onError(Throwable failure) {
        if (!(failure instanceof AgentTerminationException)) {
            throw new IllegalStateException("the pipeline failed", failure);
        }
    }

    /**
     * The pipeline's thread, to ask for its CPU time.
     *
     * @return a thread
     */
    public Thread pipelineThread() {
        return thread;
    }

    /**
     * Events the transport took.
     *
     * @return a count
     */
    public long delivered() {
        return counters.settled(Outcome.DELIVERED);
    }

    /** Delivers what is accepted and ends the pipeline. */
    public void close() {
        agent.requestClose(System.nanoTime() + CLOSE_NS);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
