package dev.penstock.engine.spool;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that owns the files: runs commands in their order, a turn at a time, and sleeps when there is nothing to do.
 *
 * <p>A disk can hold it up for any time, so nobody waits for it but {@link #awaitEnd}, which has a deadline. Nothing of the
 * engine interrupts it; if somebody else does, the files are opened again. Memory may end anywhere: a turn that fails is
 * followed by another one, and what must not fail is made before.
 *
 * <p><b>Threads:</b> {@link #submit} and the questions: any, without waiting.
 */
final class SpoolThread {

    static final String CLOSED = "the spool is closed";
    static final String ENDED = "the spool's thread has ended";

    private static final String FAILED = "the spool failed at it";
    private static final int MAX_COMMANDS_A_TURN = 256;
    private static final long LONGEST_SLEEP_NS = TimeUnit.HOURS.toNanos(1);
    private static final long AFTER_FAILURE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Queue<SpoolCommand> queue = new ConcurrentLinkedQueue<>();
    private final SpoolSurroundings spool;
    private final SpoolStore store;
    private final Thread thread;
    private volatile boolean sleeping;
    private volatile boolean busy = true;
    private volatile boolean recovered;
    private final AtomicLong progress = new AtomicLong();
    private volatile boolean closing;
    private volatile long deadlineNs;
    private volatile boolean ended;

    private final Runnable turn = this::turn;
    private final Runnable endTurn;
    private final Runnable closeStore;
    private final Runnable closeDisk = this::closeDisk;

    SpoolThread(SpoolSurroundings spool, ThreadFactory threads) {
        this.spool = spool;
        this.store = new SpoolStore(spool);
        this.endTurn = store::endTurn;
        this.closeStore = store::close;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Queues a command, or refuses it if there is nobody to run it. */
    void submit(SpoolCommand command) {
        if (closing) {
            command.refuse(CLOSED);
            return;
        }
        queue.add(command);
        if (sleeping) {
            LockSupport.unpark(thread);
        }
        if (hasEnded()) {
            refuseQueued(); // it may have come after the thread's last look
        }
    }

    boolean isRecovered() {
        return recovered;
    }

    boolean hasWork() {
        return !hasEnded() && (busy || !queue.isEmpty());
    }

    /** Whether there is nobody any more to run a command. */
    boolean hasEnded() {
        return ended || !thread.isAlive();
    }

    /** Whether it has ended and nobody had asked it to. */
    boolean hasDied() {
        return !closing && hasEnded();
    }

    long progress() {
        return progress.get();
    }

    /** Has the thread finish what is queued, by the earliest deadline that was given, and end. */
    synchronized void requestClose(long deadline) {
        if (!closing || deadline - deadlineNs < 0) {
            deadlineNs = deadline;
        }
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Waits for the thread's end; an interrupt is put off. */
    boolean awaitEnd(long deadline) {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            long leftNs = deadline - System.nanoTime();
            if (leftNs <= 0) {
                break;
            }
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        try {
            while (!closing || !(queue.isEmpty() || isTooLate())) {
                if (!guard(turn)) {
                    LockSupport.parkNanos(this, AFTER_FAILURE_NS);
                }
            }
        } finally {
            busy = true;
            refuseQueued();
            guard(closeStore);
            guard(closeDisk);
            busy = false;
            ended = true;
            refuseQueued();
        }
    }

    private void turn() {
        busy = true;
        runQueued();
        guard(endTurn);
        recovered = store.isRecovered();
        advance();
        if (queue.isEmpty() && !closing && !store.hasMore()) {
            sleep();
        }
    }

    private boolean isTooLate() {
        return System.nanoTime() - deadlineNs >= 0;
    }

    private void runQueued() {
        for (int i = 0; i < MAX_COMMANDS_A_TURN; i++) {
            SpoolCommand command = queue.poll();
            if (command == null || (closing && isTooLate())) {
                refuse(command, CLOSED);
                return;
            }
            try {
                command.run(store);
            } catch (Throwable e) {
                refuse(command, FAILED);
                spool.sayFailure("command failed", "failed at a command", e);
            }
            advance();
        }
    }

    private void refuseQueued() {
        String reason = closing ? CLOSED : ENDED;
        for (SpoolCommand command = queue.poll(); command != null; command = queue.poll()) {
            refuse(command, reason);
        }
    }

    private void refuse(SpoolCommand command, String reason) {
        try {
            if (command != null) {
                command.refuse(reason);
            }
        } catch (Throwable e) {
            spool.sayFailure("command not refused", "could not refuse a command", e);
        }
    }

    /** Whether an action did not fail. */
    private boolean guard(Runnable action) {
        try {
            action.run();
            return true;
        } catch (Throwable e) {
            spool.sayFailure("turn failed", "failed", e);
            return false;
        }
    }

    private void advance() {
        progress.incrementAndGet();
    }

    private void closeDisk() {
        try {
            spool.disk().close();
        } catch (IOException e) {
            spool.warn("not unlocked", "could not be unlocked: " + e, e);
        }
    }

    private void sleep() {
        busy = false;
        sleeping = true;
        try {
            // Whoever queues now sees that it sleeps, or is seen here.
            if (queue.isEmpty() && !closing) {
                long sleepNs = store.sleepNs(LONGEST_SLEEP_NS);
                if (sleepNs > 0) {
                    LockSupport.parkNanos(this, sleepNs);
                }
            }
        } finally {
            sleeping = false;
            Thread.interrupted(); // else it would never sleep again
        }
    }
}
