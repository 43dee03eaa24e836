package dev.penstock.engine.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks when the test says so, and lets its clock's time pass for those that are due later. What a task throws fails
 * the test.
 *
 * <p><b>Threads:</b> one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a task is its own future
public final class ManualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private final ManualClock clock;
    private final List<Task<?>> tasks = new ArrayList<>();
    private boolean shutdown;

    /** Makes an executor with a clock of its own. */
    public ManualExecutor() {
        this(new ManualClock(Instant.parse("2026-02-11T09:30:00Z")));
    }

    /** Makes an executor. */
    public ManualExecutor(ManualClock clock) {
        this.clock = clock;
    }

    /** The clock that passes with {@link #advance}. */
    public ManualClock clock() {
        return clock;
    }

    /** Runs what is due, and what that makes due. */
    public void run() {
        for (Task<?> due = next(); due != null && due.dueNs <= clock.nanoTime(); due = next()) {
            tasks.remove(due);
            due.run();
            due.rethrow();
        }
    }

    /** Lets time pass, and runs what is due on the way, each at its time. */
    public void advance(Duration by) {
        long end = clock.nanoTime() + by.toNanos();
        run();
        for (Task<?> due = next(); due != null && due.dueNs <= end; due = next()) {
            clock.advance(Duration.ofNanos(due.dueNs - clock.nanoTime()));
            run();
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    /** How long until each waiting task is due, the nearest first. */
    public List<Duration> delays() {
        next();
        return tasks.stream()
                .map(task -> Duration.ofNanos(task.dueNs - clock.nanoTime()))
                .sorted()
                .toList();
    }

    private Task<?> next() {
        tasks.removeIf(Task::isDone);
        return tasks.stream().min(Comparator.comparingLong(task -> task.dueNs)).orElse(null);
    }

    private <V> Task<V> add(Callable<V> work, long delayNs) {
        Task<V> task = new Task<>(work, clock.nanoTime() + Math.max(0, delayNs));
        if (!shutdown) {
            tasks.add(task);
        }
        return task;
    }

    @Override
    public void execute(Runnable work) {
        add(() -> runOf(work), 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return add(() -> runOf(work), unit.toNanos(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return add(work, unit.toNanos(delay));
    }

    private static Void runOf(Runnable work) {
        work.run();
        return null;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = List.copyOf(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && next() == null;
    }

    /** Runs what there is instead of waiting. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        run();
        return isTerminated();
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long dueNs;
        private Throwable thrown;

        Task(Callable<V> work, long dueNs) {
            super(work);
            this.dueNs = dueNs;
        }

        @Override
        protected void setException(Throwable failure) {
            thrown = failure;
            super.setException(failure);
        }

        void rethrow() {
            if (thrown != null) {
                throw new AssertionError("a task has thrown", thrown);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNs - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
