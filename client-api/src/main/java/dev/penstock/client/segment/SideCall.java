package dev.penstock.client.segment;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A call on a thread of its own, so that two calls that wait take no longer than one. Where no thread can be started, the call
 * is made by whoever waits for it: later, but made.
 *
 * <p><b>Threads:</b> whoever started it waits for it.
 *
 * @param <T> what the call returns
 */
final class SideCall<T> implements Runnable {

    private final Supplier<T> call;
    private final Thread thread;
    private boolean pending;

    // Read after the thread's end.
    private T answer;
    private Throwable failure;

    private SideCall(String name, Supplier<T> call) {
        this.call = call;
        thread = new Thread(null, this, name, 0, false);
        thread.setDaemon(true);
    }

    /** {@code starter} starts the thread, or throws. */
    static <T> SideCall<T> start(String name, Supplier<T> call, Consumer<Thread> starter) {
        SideCall<T> made = new SideCall<>(name, call);
        try {
            starter.accept(made.thread);
        } catch (Throwable e) {
            made.pending = true; // no thread is to be had; nothing is lost but time
        }
        return made;
    }

    @Override
    public void run() {
        try {
            answer = call.get();
        } catch (Throwable e) {
            failure = e; // thrown to whoever waits
        }
    }

    /**
     * Makes another call here, and waits for this one, whatever the other throws: its failure comes first, with that of this
     * call as a suppressed one.
     */
    <H, R> R beside(Supplier<H> other, BiFunction<H, T, R> both) {
        H here;
        try {
            here = other.get();
        } catch (Throwable e) {
            try {
                await();
            } catch (Throwable second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        return both.apply(here, await());
    }

    /** Waits for the answer, as long as the call takes. An interrupt of the caller is passed on to the call, and kept. */
    T await() {
        if (pending) {
            pending = false;
            run();
        } else {
            join();
        }
        if (failure != null) {
            throw new IllegalStateException("the call " + thread.getName() + " failed", failure);
        }
        return answer;
    }

    private void join() {
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
    }
}
