package dev.penstock.cli.common;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in an orderly way when the process is told to stop (Ctrl-C, SIGTERM). The process then still ends
 * with the status of the signal.
 * <p>
 * <b>Threads:</b> any thread. The process waits for the action and then at most {@value #GRACE_SECONDS} s for the
 * command's own last lines.
 */
public final class Interruption implements AutoCloseable {
    private static final int GRACE_SECONDS = 2;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Watches until closed.
     *
     * @param action done first when the process is told to stop; must be bounded
     */
    public Interruption(Runnable action) {
        hook = new Thread(() -> stop(action), "penstock-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether the process was told to stop.
     *
     * @return true from then on
     */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for being told to stop.
     *
     * @param millis the longest time to wait
     * @return true if told
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Says that the command has written its last line. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending and the hook runs.
        }
    }

    private void stop(Runnable action) {
        requested.countDown();
        action.run();
        try {
            finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
