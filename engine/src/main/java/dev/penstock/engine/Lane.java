package dev.penstock.engine;

import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.ring.CaptureRing;
import java.util.concurrent.ThreadFactory;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * One ring with its pipeline and its thread.
 *
 * <p>When the pipeline has nothing gathered it parks, 0.5 ms at first and 2 ms after a while: about one percent of a
 * core when idle, and at most 2 ms more until a batch leaves.
 */
final class Lane {

    private static final long MIN_PARK_NS = 500_000;
    private static final long MAX_PARK_NS = 2_000_000;

    private final CaptureRing ring;
    private final LaneCounters counters;
    private final PipelineAgent agent;
    private final AgentRunner runner;
    private Thread thread;

    Lane(CaptureRing ring, LaneCounters counters, PipelineAgent agent, ErrorHandler errors) {
        this.ring = ring;
        this.counters = counters;
        this.agent = agent;
        // The runner tells the handler of an ordinary end too.
        ErrorHandler unexpected = failure -> {
            if (!(failure instanceof AgentTerminationException)) {
                errors.onError(failure);
            }
        };
        this.runner = new AgentRunner(new BackoffIdleStrategy(0, 0, MIN_PARK_NS, MAX_PARK_NS), unexpected, null, agent);
    }

    void start(ThreadFactory threads) {
        thread = AgentRunner.startOnThread(runner, threads);
    }

    CaptureRing ring() {
        return ring;
    }

    LaneCounters counters() {
        return counters;
    }

    PipelineAgent agent() {
        return agent;
    }

    /** Waits for the pipeline to end by itself, which it was asked to. */
    boolean join(long timeoutMs) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            thread.join(Math.max(1, timeoutMs));
        }
        return !thread.isAlive();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }
}
