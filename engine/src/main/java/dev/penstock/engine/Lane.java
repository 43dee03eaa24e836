package dev.penstock.engine;

import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.ring.CaptureRing;
import java.util.concurrent.ThreadFactory;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/**
 * One ring with its pipeline and its thread.
 *
 * <p><b>Threads:</b> made and joined by the engine; the pipeline is the only one that reads the ring.
 */
final class Lane {

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
        this.runner = new AgentRunner(new GatheringIdleStrategy(), unexpected, null, agent);
    }

    void start(ThreadFactory threads) {
        try {
            thread = AgentRunner.startOnThread(runner, threads);
        } catch (RuntimeException | Error e) {
            agent.onClose(); // gives back native memory
            throw e;
        }
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
        if (thread != null && Thread.currentThread() != thread) {
            thread.join(Math.max(1, timeoutMs));
        }
        return hasEnded();
    }

    boolean hasEnded() {
        return thread == null || !thread.isAlive();
    }
}
