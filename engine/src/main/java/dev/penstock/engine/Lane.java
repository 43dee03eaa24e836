package dev.penstock.engine;

import dev.penstock.engine.pipeline.LaneCounters;
import dev.penstock.engine.pipeline.LaneCounters.Figure;
import dev.penstock.engine.pipeline.PipelineAgent;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.watchdog.Part;
import dev.penstock.engine.watchdog.Watched;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/**
 * One ring with its pipeline and its thread.
 *
 * <p>Agrona's runner ends when its thread is interrupted in the wrong moment, or when memory ends in one; the
 * application may do either. The pipeline keeps its state then, and a new thread goes on with it.
 *
 * <p><b>Threads:</b> made and joined by the engine, started again by the watchdog or a close; the pipeline is the only
 * one that reads the ring.
 */
final class Lane implements Watched {

    private static final long JOIN_STEP_MS = 100;
    private static final long REVIVE_INTERVAL_MS = 10;

    private final CaptureRing ring;
    private final LaneCounters counters;
    private final PipelineAgent agent;
    private final ErrorHandler unexpected;
    private final AtomicLong restarts = new AtomicLong();
    private ThreadFactory threads;
    private volatile Thread thread;

    Lane(CaptureRing ring, LaneCounters counters, PipelineAgent agent, ErrorHandler errors) {
        this.ring = ring;
        this.counters = counters;
        this.agent = agent;
        // The runner tells the handler of an ordinary end too.
        this.unexpected = failure -> {
            if (!(failure instanceof AgentTerminationException)) {
                errors.onError(failure);
            }
        };
    }

    synchronized void start(ThreadFactory pipelineThreads) {
        threads = pipelineThreads;
        try {
            run();
        } catch (RuntimeException | Error e) {
            agent.abandon(); // gives back native memory
            throw e;
        }
    }

    /** A runner is for one thread and one time. */
    private void run() {
        AgentRunner runner = new AgentRunner(new GatheringIdleStrategy(agent::untilDueNs), unexpected, null, agent);
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

    /** How often a new thread went on with the pipeline. */
    long restarts() {
        return restarts.get();
    }

    /**
     * Waits for the pipeline to end by itself, which it was asked to. One whose thread has ended before that is started
     * again, or its events would have no outcome.
     */
    boolean join(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(1, timeoutMs));
        while (!hasEnded() && Thread.currentThread() != thread) {
            long leftNs = deadline - System.nanoTime();
            if (leftNs <= 0) {
                return false;
            }
            if (hasDied() && !recoverQuietly()) {
                TimeUnit.MILLISECONDS.sleep(REVIVE_INTERVAL_MS);
            }
            thread.join(Math.max(1, Math.min(TimeUnit.NANOSECONDS.toMillis(leftNs), JOIN_STEP_MS)));
        }
        return hasEnded();
    }

    /** Whether the pipeline has ended by design and its thread with it, or never began. */
    boolean hasEnded() {
        Thread last = thread;
        return last == null || (!last.isAlive() && agent.hasEnded());
    }

    @Override
    public Part part() {
        return Part.PIPELINE;
    }

    @Override
    public String name() {
        return agent.roleName();
    }

    @Override
    public long progress() {
        return agent.turns();
    }

    @Override
    public boolean hasWork() {
        return ring.occupied() > 0
                || counters.figure(Figure.OPEN_EVENTS) > 0
                || counters.figure(Figure.IN_FLIGHT_EVENTS) > 0;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public boolean hasDied() {
        Thread last = thread;
        return last != null && !last.isAlive() && !agent.hasEnded();
    }

    /** Starts the pipeline on a new thread if it has lost its own. One that only stands still cannot be helped. */
    @Override
    public synchronized boolean recover() {
        if (!hasDied()) {
            return false;
        }
        run();
        restarts.incrementAndGet();
        return true;
    }

    /** A thread that cannot be made now is tried again. */
    private boolean recoverQuietly() {
        try {
            return recover();
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
