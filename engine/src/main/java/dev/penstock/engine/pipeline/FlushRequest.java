package dev.penstock.engine.pipeline;

import java.util.concurrent.CountDownLatch;

/**
 * A caller that waits until everything up to a position is settled.
 *
 * <p><b>Threads:</b> made and awaited by the caller, moved on by the pipeline.
 */
public final class FlushRequest {

    private final CountDownLatch done;
    private final long position;
    private long belowFlushId = -1;
    private volatile boolean abandoned;

    /**
     * Makes a request.
     *
     * @param position the ring's claimed position at the call
     * @param done counted down when all is settled
     */
    public FlushRequest(long position, CountDownLatch done) {
        this.position = position;
        this.done = done;
    }

    /** Nobody waits any more; what is open is still closed when its turn comes. */
    public void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** True once the ring has been read up to the position and the open batch was closed. */
    boolean isSealed() {
        return belowFlushId >= 0;
    }

    long position() {
        return position;
    }

    void sealed(long nextFlushId) {
        belowFlushId = nextFlushId;
    }

    /** True, and told, if every batch it waits for is settled. */
    boolean completeIfSettled(long lowestUnsettled) {
        if (isSealed() && lowestUnsettled >= belowFlushId) {
            complete();
            return true;
        }
        return false;
    }

    void complete() {
        done.countDown();
    }
}
