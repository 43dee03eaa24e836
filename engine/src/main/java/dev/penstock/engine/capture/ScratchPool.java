package dev.penstock.engine.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntFunction;

/**
 * Lends scratches to capturing threads: a fixed number of stripes, a thread begins looking at its own.
 *
 * <p>A scratch is taken by an in-use flag, not by removing its reference: storing references into an old array on every
 * capture would cost producers card marking. When all stripes in reach are in use (a nested capture, a builder that was
 * dropped without being sent) a new scratch takes the place of the one at home. The old one, if its owner still ends it,
 * is garbage; a dropped one is garbage already. So nothing leaks, whatever threads come and go.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> none, unless all stripes in reach are in use.
 */
public final class ScratchPool {

    private static final VarHandle STRIPES = MethodHandles.arrayElementVarHandle(EventScratch[].class);
    private static final int REACH = 4;

    private final IntFunction<EventScratch> factory;
    private final EventScratch[] stripes;
    private final int mask;

    /**
     * Makes a pool and all its scratches.
     *
     * @param size how many stripes; a power of two
     * @param factory makes a scratch for a stripe
     */
    public ScratchPool(int size, IntFunction<EventScratch> factory) {
        this.factory = factory;
        this.stripes = new EventScratch[size];
        this.mask = size - 1;
        for (int i = 0; i < size; i++) {
            stripes[i] = factory.apply(i);
        }
    }

    /**
     * Takes a scratch for the calling thread; {@link EventScratch#release()} gives it back.
     *
     * @return a scratch nobody else uses
     */
    public EventScratch acquire() {
        EventScratch[] all = stripes;
        // Consecutive thread ids go to different stripes.
        int home = (int) Thread.currentThread().getId() & mask;
        for (int i = 0; i < REACH; i++) {
            EventScratch scratch = (EventScratch) STRIPES.getAcquire(all, (home + i) & mask);
            if (scratch.tryAcquire()) {
                return scratch;
            }
        }
        EventScratch fresh = factory.apply(home);
        fresh.tryAcquire();
        STRIPES.setRelease(all, home, fresh);
        return fresh;
    }
}
