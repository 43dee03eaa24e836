package dev.penstock.engine.flags.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlagThreadTest {

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final FlagThread thread = new FlagThread(this::newThread, (message, cause) -> failures.add(cause));

    @Test
    void shouldStartItsThreadWithTheFirstTask() throws Exception {
        assertThat(made).hasValue(0);
        String name =
                thread.executor().submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS);

        assertThat(name).isEqualTo("penstock-t-flags");
        assertThat(thread.close(10_000)).isTrue();
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldReportWhatATaskThrowsAndGoOn() throws Exception {
        Error failure = new AssertionError("bug");
        thread.executor().execute(() -> {
            throw new IllegalStateException("bug");
        });
        Future<?> second = thread.executor()
                .schedule(
                        (Runnable) () -> {
                            throw failure;
                        },
                        1,
                        TimeUnit.MILLISECONDS);

        Await.until(() -> failures.size() == 2, "both reported");
        assertThat(failures.get(0)).isInstanceOf(IllegalStateException.class);
        assertThat(failures.get(1)).isSameAs(failure);
        assertThat(second.isDone()).isTrue();
        thread.executor().submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(thread.close(10_000)).isTrue();
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldInterruptATaskThatHangsWhenClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        thread.executor().execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Await.latch(begun, "the task has begun");

        assertThat(thread.close(10_000)).isTrue();
        Await.latch(interrupted, "the task was interrupted");
    }

    @Test
    void shouldNotWaitLongerThanItIsToldTo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        thread.executor().execute(() -> {
            begun.countDown();
            Await.until(() -> end.getCount() == 0, "the test has seen it");
        });
        Await.latch(begun, "the task has begun");

        assertThat(thread.close(0)).isFalse();
        assertThat(thread.close(20)).isFalse();
        end.countDown();
        assertThat(thread.close(10_000)).isTrue();
    }

    @Test
    void shouldDropTasksOnceItIsClosed() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Future<?> waiting = thread.executor().schedule(runs::incrementAndGet, 1, TimeUnit.HOURS);
        thread.close(10_000);
        thread.executor().execute(runs::incrementAndGet);
        Future<?> late = thread.executor().schedule(runs::incrementAndGet, 0, TimeUnit.SECONDS);

        assertThat(late.isDone()).isFalse();
        assertThat(waiting.isDone()).isFalse();
        assertThat(runs).hasValue(0);
        assertThat(made.get()).isLessThanOrEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldNotWaitForItself() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        thread.executor().execute(() -> {
            try {
                thread.close(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closed.countDown();
        });

        Await.latch(closed, "closing has returned");
        assertThat(thread.close(10_000)).isTrue();
    }

    private Thread newThread(Runnable work) {
        made.incrementAndGet();
        return new Thread(work, "penstock-t-flags");
    }
}
