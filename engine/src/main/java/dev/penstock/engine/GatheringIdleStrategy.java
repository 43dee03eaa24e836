package dev.penstock.engine;

import dev.penstock.engine.pipeline.PipelineAgent;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a pipeline does while too little has gathered: it parks, 0.5 ms at first and 2 ms after a while, and never beyond the
 * time a batch has to leave. One to two percent of a core when idle, most of which is parking.
 *
 * <p>Why it is shaped so: Agrona's back-off knows no such time, and a batch would leave up to 2 ms late. An interrupt is not
 * for the pipeline: it would end Agrona's runner, and with it the lane, or fail the requests of the turns to come. It is cleared.
 *
 * <p><b>Threads:</b> one pipeline's.
 */
final class GatheringIdleStrategy implements IdleStrategy {

    static final long MIN_PARK_NS = 500_000;
    static final long MAX_PARK_NS = PipelineAgent.MAX_REST_NS;

    /** For a batch that has become due since the turn. */
    static final long SHORTEST_PARK_NS = 50_000;

    private final LongSupplier untilDueNs;
    private long backoffNs = MIN_PARK_NS;

    /** Whether a batch was due the last time. If it still is, turns fail, and hurrying would only have more of them do so. */
    private boolean hurried;

    /**
     * Makes a strategy that has not parked yet.
     *
     * @param untilDueNs how long until a batch has to leave
     */
    GatheringIdleStrategy(LongSupplier untilDueNs) {
        this.untilDueNs = untilDueNs;
    }

    @Override
    @SuppressWarnings("ResultOfMethodCallIgnored")
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
        Thread.interrupted(); // after work as well
    }

    @Override
    public void idle() {
        LockSupport.parkNanos(nextParkNs());
    }

    /** How long to park now; the next time twice as long. */
    long nextParkNs() {
        long dueNs = untilDueNs.getAsLong();
        boolean hurries = dueNs < backoffNs && !(dueNs <= 0 && hurried);
        long parkNs = hurries ? Math.max(SHORTEST_PARK_NS, dueNs) : backoffNs;
        hurried = dueNs <= 0;
        backoffNs = Math.min(2 * backoffNs, MAX_PARK_NS);
        return parkNs;
    }

    @Override
    public void reset() {
        backoffNs = MIN_PARK_NS;
    }
}
