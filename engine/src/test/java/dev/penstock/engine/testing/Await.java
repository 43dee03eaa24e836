package dev.penstock.engine.testing;

import dev.penstock.client.CaptureClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Bounded waiting that shows the state of things when it fails.
 *
 * <p><b>Threads:</b> any.
 */
public final class Await {

    /** Long enough for anything that is going to happen at all. */
    public static final Duration LONG = Duration.ofSeconds(15);

    private static final long POLL_NS = 1_000_000;

    private Await() {}

    /** Waits for a condition, {@link #LONG} at most. */
    public static void until(BooleanSupplier condition, String description) {
        until(condition, LONG, description, () -> "");
    }

    /** Waits for a condition. */
    public static void until(BooleanSupplier condition, Duration atMost, String description) {
        until(condition, atMost, description, () -> "");
    }

    /** Waits for a condition, and shows a client's account if it does not come. */
    public static void until(BooleanSupplier condition, Duration atMost, String description, CaptureClient client) {
        until(condition, atMost, description, () -> client.stats().toString());
    }

    /** Waits for a condition, and shows some state if it does not come. */
    public static void until(
            BooleanSupplier condition, Duration atMost, String description, Supplier<String> stateOnFailure) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        "not within " + atMost + ": " + description + "\n" + stateOnFailure.get() + "\n" + threads());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Waits for a latch; an interrupt is a failure. */
    public static void latch(CountDownLatch latch, String description) {
        try {
            if (!latch.await(LONG.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not within " + LONG + ": " + description + "\n" + threads());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + description, e);
        }
    }

    /** Waits for a thread's end; an interrupt is a failure. */
    public static void end(Thread thread) {
        try {
            thread.join(2 * LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " has not ended\n" + threads());
        }
    }

    /** Lets time pass where nothing can be waited for: to see that something does not happen. */
    public static void pause(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String threads() {
        StringBuilder text = new StringBuilder("threads:");
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith("penstock-")) {
                text.append("\n  ").append(thread.getName()).append(' ').append(thread.getState());
                for (int i = 0; i < Math.min(6, stack.length); i++) {
                    text.append("\n    ").append(stack[i]);
                }
            }
        });
        return text.toString();
    }
}
