package dev.penstock.engine.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter for many writers that share nothing as long as they use different stripes, exact in any case.
 *
 * <p>Unlike {@link java.util.concurrent.atomic.LongAdder} it never allocates, so it may be used between claim and
 * publish.
 *
 * <p><b>Threads:</b> any; wait-free where the hardware adds in one instruction.
 */
public final class StripedCounter {

    /** Two cache lines: neighbouring lines are fetched in pairs. */
    private static final int STRIDE = 16;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final int mask;
    private final long[] cells;

    /**
     * Makes a counter at zero.
     *
     * @param stripes how many stripes; a power of two
     */
    public StripedCounter(int stripes) {
        this.mask = stripes - 1;
        this.cells = new long[(stripes + 1) * STRIDE];
    }

    /**
     * Adds one.
     *
     * @param stripe any number; equal numbers share a stripe
     */
    public void increment(int stripe) {
        CELLS.getAndAdd(cells, ((stripe & mask) + 1) * STRIDE, 1L);
    }

    /**
     * Adds up all stripes.
     *
     * @return the count; monotonic for each caller
     */
    public long sum() {
        long sum = 0;
        for (int i = STRIDE; i < cells.length; i += STRIDE) {
            sum += (long) CELLS.getVolatile(cells, i);
        }
        return sum;
    }
}
