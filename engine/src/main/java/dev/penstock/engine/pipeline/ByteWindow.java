package dev.penstock.engine.pipeline;

/**
 * How many bytes the unsettled batches of a lane hold, and may hold.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class ByteWindow {

    private final long maxBytes;
    private long heldBytes;

    ByteWindow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Counts what a batch holds now, in place of what it held when it was last counted. */
    void count(Batch batch) {
        int held = batch.heldBytes();
        heldBytes += held - batch.countedBytes();
        batch.setCountedBytes(held);
    }

    /** Counts a batch no longer. */
    void release(Batch batch) {
        heldBytes -= batch.countedBytes();
        batch.setCountedBytes(0);
    }

    /** Whether at least half of it is taken. */
    boolean isHalfFull() {
        return heldBytes >= maxBytes / 2;
    }

    /** Whether there is room for another batch; the last one may be larger than the room. */
    boolean hasRoom() {
        return heldBytes < maxBytes;
    }
}
