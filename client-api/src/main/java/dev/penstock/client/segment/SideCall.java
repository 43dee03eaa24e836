package dev.penstock.client.segment;

import java.util.function.Supplier;

/**
 * A call on a thread of its own, so that two calls that wait take no longer than one.
 *
 * <p><b>Threads:</b> whoever started it waits for it.
 *
 * @param <T> what the call returns
 */
final class SideCall<T> implements Runnable {

    private final Supplier<T> call;
    private final Thread thread;

    // Read after the thread's end.
    private T answer;
    private Throwable failure;

    private SideCall(String name, Supplier<T> call) {
        this.call = call;
        thread = new Thread(null, this, name, 0, false);
        thread.setDaemon(true);
    }

    static <T> SideCall<T> start(String name, Supplier<T> call) {
        SideCall<T> started = new SideCall<>(name, call);
        started.thread.start();
        return started;
    }

    @Override
    public void run() {
        try {
            answer = call.get();
        } catch (Throwable e) {
            failure = e; // thrown to whoever waits
        }
    }

    /** Waits for the answer, as long as the call takes. An interrupt of the caller is passed on to the call, and kept. */
    T await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("a call on the thread " + thread.getName() + " failed", failure);
        }
        return answer;
    }
}
