package dev.penstock.engine;

import dev.penstock.client.FlushResult;
import dev.penstock.engine.pipeline.FlushRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Asks every lane to send what it has, and waits.
 *
 * <p><b>Threads:</b> any; on a thread of the engine it does not wait.
 */
final class Flusher {

    private static final long CHECK_NS = 100_000_000;

    private final Channels channels;
    private final BooleanSupplier onOwnThread;

    Flusher(Channels channels, BooleanSupplier onOwnThread) {
        this.channels = channels;
        this.onOwnThread = onOwnThread;
    }

    FlushResult flush(Duration timeout) {
        List<Lane> lanes = channels.lanes();
        CountDownLatch done = new CountDownLatch(lanes.size());
        List<FlushRequest> requests = new ArrayList<>();
        for (Lane lane : lanes) {
            FlushRequest request = new FlushRequest(lane.ring().claimedPosition(), done);
            requests.add(request);
            lane.agent().flush(request);
        }
        FlushResult result;
        try {
            result = await(lanes, done, onOwnThread.getAsBoolean() ? Duration.ZERO : timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = FlushResult.INTERRUPTED;
        }
        requests.forEach(FlushRequest::abandon);
        return result;
    }

    private static FlushResult await(List<Lane> lanes, CountDownLatch done, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + Durations.nanos(timeout);
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (done.await(Math.min(left, CHECK_NS), TimeUnit.NANOSECONDS)) {
                return FlushResult.COMPLETED;
            }
            if (left == 0) {
                return FlushResult.TIMED_OUT;
            }
            if (lanes.stream().allMatch(Lane::hasEnded)) {
                return FlushResult.CLOSED; // it ended before it saw the request
            }
        }
    }
}
