package dev.penstock.benchmarks.layout;

/**
 * A fixed set of scratches with an in-use flag each; a thread starts looking at a place of its own.
 * <p>
 * <b>Threads:</b> any thread, lock-free. <b>Allocation:</b> none, but for a scratch if all are in use.
 */
final class ScratchPool {
    private final RecordScratch[] scratches;
    private final long seed;

    /** Makes as many scratches as there are stripes, a power of two. */
    ScratchPool(int stripes, long seed) {
        this.seed = seed;
        scratches = new RecordScratch[stripes];
        for (int i = 0; i < stripes; i++) {
            scratches[i] = new RecordScratch(seed + 2L * i);
        }
    }

    RecordScratch take() {
        RecordScratch[] all = scratches;
        int mask = all.length - 1;
        int home = (int) Thread.currentThread().getId();
        for (int i = 0; i < all.length; i++) {
            RecordScratch scratch = all[(home + i) & mask];
            if (scratch.tryAcquire()) {
                return scratch;
            }
        }
        return new RecordScratch(seed ^ System.nanoTime());
    }
}
