package dev.penstock.engine.listener;

import dev.penstock.client.DeliveryListener;
import dev.penstock.client.ErrorListener;
import dev.penstock.client.SaturationChange;
import dev.penstock.client.SaturationListener;
import dev.penstock.client.flags.FlagChange;
import dev.penstock.client.flags.FlagChangeListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Calls the user's listeners, which may throw anything. What finds the queue full is dropped and counted; the pipeline never waits here.
 *
 * <p><b>Threads:</b> {@link #settled} and {@link #error} from any; the listeners are called on one thread, which {@link
 * #close(long)} lets finish what is queued.
 */
public final class ListenerThread implements SettlementSink {

    private static final int MAX_QUEUED_ITEMS = 4_096;
    private static final long MAX_QUEUED_BYTES = 16L * 1024 * 1024;

    private final DeliveryListener deliveryListener;
    private final ErrorListener errorListener;
    private final FlagChangeListener flagChangeListener;
    private final int maxEvents;
    private final BiConsumer<String, Throwable> failures;
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(MAX_QUEUED_ITEMS);
    private final AtomicInteger queuedEvents = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong returns = new AtomicLong();
    private final Thread thread;

    /** Whether the batch that is being told has events behind the one that is being told. */
    private volatile boolean moreInBatch;

    private volatile boolean closing;
    private volatile boolean stopped;

    /**
     * Makes and starts the thread.
     *
     * @param deliveryListener told about outcomes, or null
     * @param errorListener told about errors, or null
     * @param flagChangeListener told about changes of flag definitions, or null
     * @param maxEvents how many events may wait
     * @param threads makes the thread
     * @param failures told when a listener throws
     */
    public ListenerThread(
            DeliveryListener deliveryListener,
            ErrorListener errorListener,
            FlagChangeListener flagChangeListener,
            int maxEvents,
            ThreadFactory threads,
            BiConsumer<String, Throwable> failures) {
        this.deliveryListener = deliveryListener;
        this.errorListener = errorListener;
        this.flagChangeListener = flagChangeListener;
        this.maxEvents = maxEvents;
        this.failures = failures;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** True if there is a delivery listener. */
    @Override
    public boolean wantsOutcomes() {
        return deliveryListener != null;
    }

    /** Queues the notices of settled events, or drops and counts them. */
    @Override
    public void settled(SettledEvents events) {
        int count = events.count();
        // A batch larger than the bound is let in alone, or it would never be told.
        int bytes = events.body().heldBytes();
        int before = queuedEvents.getAndAdd(count);
        long bytesBefore = queuedBytes.getAndAdd(bytes);
        boolean full = before > 0 && (before + count > maxEvents || bytesBefore + bytes > MAX_QUEUED_BYTES);
        if (full || !queue.offer(() -> tell(events))) {
            queuedEvents.addAndGet(-count);
            queuedBytes.addAndGet(-bytes);
            dropped.add(count);
        }
    }

    /**
     * Queues an error, or drops it.
     *
     * @param message what, where and what to do
     * @param cause the exception, or null
     */
    public void error(String message, Throwable cause) {
        if (errorListener != null && !queue.offer(() -> tell(message, cause))) {
            dropped.increment();
        }
    }

    /**
     * Queues a change of flag definitions, or drops it.
     *
     * @param change what is different
     */
    public void flagsChanged(FlagChange change) {
        if (flagChangeListener != null && !queue.offer(() -> tell(change))) {
            dropped.increment();
        }
    }

    /**
     * Queues a change of saturation, if there is room.
     *
     * @param listener who is told
     * @param change what is the case now
     * @return false if the queue is full; nothing is counted, because the change is told later if it is still true then
     */
    public boolean saturationChanged(SaturationListener listener, SaturationChange change) {
        return queue.offer(() -> tell(listener, change));
    }

    /**
     * Notices that found the queue full.
     *
     * @return a count
     */
    public long dropped() {
        return dropped.sum();
    }

    /**
     * How often the thread has come back from a listener, or from waiting for work.
     *
     * @return a count
     */
    public long progress() {
        return returns.getAcquire();
    }

    /**
     * Whether there is more to be told than the listener that is being called now.
     *
     * @return true if something waits
     */
    public boolean hasWork() {
        return moreInBatch || !queue.isEmpty();
    }

    /**
     * The thread that calls the listeners.
     *
     * @return the thread
     */
    public Thread thread() {
        return thread;
    }

    /**
     * Lets the thread finish what is queued, for a bounded time, and ends it.
     *
     * @param timeoutMs the longest time to wait
     * @return true if the thread has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean close(long timeoutMs) throws InterruptedException {
        closing = true;
        queue.offer(() -> {}); // wakes an idle thread
        if (Thread.currentThread() == thread) {
            return false; // a listener that closes the client ends with its own call
        }
        thread.join(Math.max(1, timeoutMs));
        if (thread.isAlive()) {
            stopped = true;
            thread.interrupt();
            thread.join(100);
        }
        return !thread.isAlive();
    }

    private void run() {
        while (!closing || !queue.isEmpty()) {
            returned();
            try {
                Runnable next = queue.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    next.run();
                }
            } catch (InterruptedException e) {
                // Meant for a listener that blocks: the queue is told, or dropped when time is up.
            } catch (Throwable e) {
                failures.accept("outcomes of a batch could not be told: " + e, e);
            }
        }
    }

    private void returned() {
        returns.setRelease(returns.getPlain() + 1);
    }

    private void tell(SettledEvents events) {
        try {
            byte[] json = stopped ? null : events.body().readEvents();
            for (int i = 0; i < events.count(); i++) {
                if (stopped) {
                    dropped.add(events.count() - i);
                    return;
                }
                moreInBatch = i < events.count() - 1;
                int start = events.start(i);
                Ending ending = events.ending(i);
                tell(new Notice(
                        events.uuid(i),
                        new String(json, start, events.end(i) - start, StandardCharsets.UTF_8),
                        ending.outcome(),
                        ending.reason()));
                returned();
            }
        } finally {
            moreInBatch = false;
            queuedEvents.addAndGet(-events.count());
            queuedBytes.addAndGet(-events.body().heldBytes());
        }
    }

    private void tell(Notice notice) {
        try {
            deliveryListener.onOutcome(notice);
        } catch (Throwable e) {
            failures.accept("the delivery listener threw " + e.getClass().getName(), e);
        }
    }

    private void tell(FlagChange change) {
        try {
            flagChangeListener.onChange(change);
        } catch (Throwable e) {
            failures.accept("the flag change listener threw " + e.getClass().getName(), e);
        }
    }

    private void tell(SaturationListener listener, SaturationChange change) {
        try {
            listener.onSaturation(change);
        } catch (Throwable e) {
            failures.accept("the saturation listener threw " + e.getClass().getName(), e);
        }
    }

    private void tell(String message, Throwable cause) {
        try {
            errorListener.onError(message, cause);
        } catch (Throwable e) {
            failures.accept("the error listener threw " + e.getClass().getName(), e);
        }
    }
}
