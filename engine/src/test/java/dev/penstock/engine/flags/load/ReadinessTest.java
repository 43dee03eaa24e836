package dev.penstock.engine.flags.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadinessTest {

    private final Readiness readiness = new Readiness();

    @Test
    void shouldNotWaitWhereThereIsNothingToWaitFor() throws Exception {
        assertThat(readiness.await(Duration.ZERO)).isFalse();
        assertThat(readiness.await(Duration.ofMillis(-1))).isFalse();
        assertThat(readiness.await(Duration.ofMillis(5))).isFalse();
        readiness.set(true);
        assertThat(readiness.await(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldWakeWhoeverWaitsOnceThereAreFlags() {
        CompletableFuture<Boolean> result = waiting();
        readiness.set(false);
        readiness.set(true);

        Await.until(result::isDone, "woken");
        assertThat(result).isCompletedWithValue(true);
    }

    @Test
    void shouldWakeWhoeverWaitsWhenClosed() {
        CompletableFuture<Boolean> result = waiting();
        readiness.close();

        Await.until(result::isDone, "woken");
        assertThat(result).isCompletedWithValue(false);
    }

    /** A thread waits as long as there is time, and has begun to. */
    private CompletableFuture<Boolean> waiting() {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(readiness.await(Duration.ofSeconds(Long.MAX_VALUE)));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING, "waiting");
        return result;
    }
}
