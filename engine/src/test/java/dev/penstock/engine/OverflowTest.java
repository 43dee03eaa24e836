package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stalled server and a small ring: the caller is told, and nothing is lost without a count. */
@Timeout(60)
class OverflowTest {

    private static final String TEXT = "x".repeat(6_000);
    private static final int SLOTS_OF_LARGE = 12;

    @Test
    void shouldAnswerRingFullAndDeliverEverythingAccepted() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = stalled(collector, OverflowPolicy.DROP_NEWEST, Duration.ofMillis(10))) {
            fill(collector, fixture);
            for (int i = 0; i < 5; i++) {
                assertThat(captureLarge(fixture)).isEqualTo(CaptureResult.RING_FULL);
            }
            ClientStats full = fixture.stats();
            assertThat(full.results().get(CaptureResult.RING_FULL)).isEqualTo(5);
            assertThat(full.pending().inRing()).isPositive();

            collector.answerNormally();
            collector.release();
            fixture.flush();
            ClientStats stats = fixture.stats();
            assertThat(stats.delivered()).isEqualTo(stats.accepted());
            assertThat(collector.stats().distinct()).isEqualTo(stats.accepted());
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            assertThat(fixture.client().capture("user", "after", Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldAnswerRingFullAfterTheBoundedWait() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = stalled(collector, OverflowPolicy.WAIT, Duration.ofMillis(50))) {
            fill(collector, fixture);
            long before = System.nanoTime();
            assertThat(captureLarge(fixture)).isEqualTo(CaptureResult.RING_FULL);
            assertThat(System.nanoTime() - before)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void shouldAcceptWhenRoomComesWithinTheWait() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = stalled(collector, OverflowPolicy.WAIT, Duration.ofSeconds(10))) {
            AtomicReference<CaptureResult> last = new AtomicReference<>();
            Thread producer = new Thread(
                    () -> {
                        for (int i = 0; i < 400; i++) {
                            last.set(captureLarge(fixture));
                        }
                    },
                    "producer");
            producer.start();
            Await.until(() -> producer.getState() == Thread.State.TIMED_WAITING, "the producer waits");
            assertThat(fixture.stats().results().get(CaptureResult.RING_FULL)).isZero();

            collector.answerNormally();
            collector.release();
            Await.end(producer);
            assertThat(last.get()).isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            assertThat(fixture.stats().accepted()).isEqualTo(400);
            assertThat(collector.stats().distinct()).isEqualTo(400);
        }
    }

    @Test
    void shouldKeepTheInterruptOfACallerThatWaits() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = stalled(collector, OverflowPolicy.WAIT, Duration.ofMillis(50))) {
            fill(collector, fixture);
            Thread.currentThread().interrupt();
            CaptureResult result = captureLarge(fixture);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(result).isEqualTo(CaptureResult.RING_FULL);
        }
    }

    @Test
    void shouldAnswerClosedToACallerThatWaitsWhileTheClientCloses() {
        AtomicReference<CaptureResult> last = new AtomicReference<>();
        try (Collector collector = Collector.start();
                ClientFixture fixture = stalled(collector, OverflowPolicy.WAIT, Duration.ofSeconds(10))) {
            fill(collector, fixture);
            Thread producer = new Thread(() -> last.set(captureLarge(fixture)), "producer");
            producer.start();
            Await.until(
                    () -> producer.getState() == Thread.State.TIMED_WAITING || last.get() != null,
                    "the producer waits");
            fixture.client().discard();
            Await.end(producer);
            assertThat(last.get()).isEqualTo(CaptureResult.CLOSED);
        }
    }

    /** Everything accepted ends up discarded here, unless the collector is released. */
    private static ClientFixture stalled(Collector collector, OverflowPolicy policy, Duration wait) {
        collector.answerAll(Answer.hang());
        return ClientFixture.of(
                collector,
                config -> config.ringSlots(512)
                        .maxBatchEvents(10)
                        .maxInFlightRequests(1)
                        .maxInFlightBytes(1 << 20)
                        .requestTimeout(Duration.ofSeconds(30))
                        .closeTimeout(Duration.ofMillis(100))
                        .compression(false)
                        .overflowPolicy(policy)
                        .overflowWait(wait));
    }

    /** Captures until there is no room and the pipeline makes none. */
    private static void fill(Collector collector, ClientFixture fixture) {
        // The first request loads many classes, and the pipeline stands still meanwhile.
        for (int i = 0; i < 10; i++) {
            assertThat(captureLarge(fixture)).isEqualTo(CaptureResult.ACCEPTED);
        }
        Await.until(() -> collector.stats().requests() == 1, "a request hangs");
        int fullInARow = 0;
        for (int i = 0; fullInARow < 6; i++) {
            assertThat(i).as("captures until full").isLessThan(10_000);
            if (isFull(fixture)) {
                fullInARow++;
                Await.pause(Duration.ofMillis(100));
            } else {
                fullInARow = 0;
                assertThat(captureLarge(fixture)).isEqualTo(CaptureResult.ACCEPTED);
            }
        }
    }

    private static boolean isFull(ClientFixture fixture) {
        return fixture.stats().ring().occupied() + SLOTS_OF_LARGE
                > fixture.stats().ring().slots();
    }

    private static CaptureResult captureLarge(ClientFixture fixture) {
        return fixture.client().capture("user", "large", Map.of("text", TEXT));
    }
}
