package dev.penstock.engine.selfcheck;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * How much time is left, and waiting within it.
 *
 * <p><b>Threads:</b> the one that checks. Waits for the bound at most, and hardly longer than {@value #SLICE_MS} ms once the
 * client is closed.
 */
final class CheckTime {

    private static final long SLICE_MS = 20;

    private final long deadlineNs;
    private final BooleanSupplier closed;
    private boolean interrupted;

    CheckTime(long timeoutNs, BooleanSupplier closed) {
        this.deadlineNs = System.nanoTime() + timeoutNs;
        this.closed = closed;
    }

    /** How long something may take that wants {@code most}; longer than nothing. */
    Duration allow(Duration most) throws CheckEndedException {
        checkGoesOn();
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
            throw CheckEndedException.timeUp();
        }
        return most.toNanos() <= leftNs ? most : Duration.ofNanos(leftNs);
    }

    /** Waits for something that was {@linkplain #allow allowed} so much time. */
    <T> T await(Future<T> future, Duration allowed) throws CheckEndedException, TimeoutException, ExecutionException {
        long endNs = System.nanoTime() + allowed.toNanos();
        while (true) {
            long leftNs = endNs - System.nanoTime();
            try {
                return future.get(
                        Math.max(0, Math.min(leftNs, TimeUnit.MILLISECONDS.toNanos(SLICE_MS))), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (leftNs <= 0) {
                    throw e;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            checkGoesOn();
        }
    }

    private void checkGoesOn() throws CheckEndedException {
        interrupted |= Thread.interrupted();
        if (interrupted) {
            throw CheckEndedException.interrupted();
        }
        if (closed.getAsBoolean()) {
            throw CheckEndedException.closed();
        }
    }

    /** Gives the calling thread its interrupt status back, if the check has taken it. */
    void restoreInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
