package dev.penstock.engine.flags.evaluation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;

/**
 * Lends scratches to evaluating threads: a fixed number of stripes, a thread begins looking at its own. Nothing hangs on a
 * thread, so any number of virtual threads may come and go.
 *
 * <p>A scratch is taken by an in-use flag, not by removing its reference, which would cost card marking. When all stripes
 * in reach are in use, a new scratch takes the place of the one at home, which is garbage once its user is done.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> none, but for the first use of a stripe and when all in reach are in use.
 */
final class EvaluationScratchPool {

    private static final VarHandle STRIPES = MethodHandles.arrayElementVarHandle(EvaluationScratch[].class);
    private static final int REACH = 4;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int SPREAD = 48;

    private final Supplier<EvaluationScratch> factory;
    private final EvaluationScratch[] stripes;
    private final int mask;

    /**
     * Makes a pool; scratches come with their first use.
     *
     * @param size how many stripes; a power of two
     * @param factory makes a scratch
     */
    EvaluationScratchPool(int size, Supplier<EvaluationScratch> factory) {
        this.factory = factory;
        this.stripes = new EvaluationScratch[size];
        this.mask = size - 1;
    }

    EvaluationScratch acquire() {
        EvaluationScratch[] all = stripes;
        // Threads of consecutive ids, which tend to work together, begin far apart: the collector puts objects of a
        // kind
        // next to each other, the insides of digests too, and neighbours would share cache lines.
        int home = (int) ((Thread.currentThread().getId() * GOLDEN) >>> SPREAD) & mask;
        for (int i = 0; i < REACH; i++) {
            int at = (home + i) & mask;
            EvaluationScratch scratch = (EvaluationScratch) STRIPES.getAcquire(all, at);
            if (scratch == null) {
                return settle(at);
            }
            if (scratch.tryAcquire()) {
                return scratch;
            }
        }
        return settle(home);
    }

    private EvaluationScratch settle(int at) {
        EvaluationScratch fresh = factory.get();
        fresh.tryAcquire();
        STRIPES.setRelease(stripes, at, fresh);
        return fresh;
    }
}
