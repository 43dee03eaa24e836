package dev.penstock.engine;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a pipeline does while too little has gathered: it parks, 0.5 ms at first and 2 ms after a while. About one percent
 * of a core when idle, and at most 2 ms more until a batch leaves.
 *
 * <p>An interrupt is not for the pipeline: it would end Agrona's runner, and with it the lane. It is cleared.
 *
 * <p><b>Threads:</b> one pipeline's.
 */
final class GatheringIdleStrategy implements IdleStrategy {

    private static final long MIN_PARK_NS = 500_000;
    private static final long MAX_PARK_NS = 2_000_000;

    private final BackoffIdleStrategy parking = new BackoffIdleStrategy(0, 0, MIN_PARK_NS, MAX_PARK_NS);

    @Override
    @SuppressWarnings("ResultOfMethodCallIgnored")
    public void idle(int workCount) {
        parking.idle(workCount);
        Thread.interrupted();
    }

    @Override
    public void idle() {
        parking.idle();
    }

    @Override
    public void reset() {
        parking.reset();
    }
}
