package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline whose thread is ended from outside goes on with all it had. */
@Timeout(120)
class LaneRestartTest {

    /** Fewer than the collector keeps, however long it takes until the thread has ended twice. */
    private static final int MOST_KEPT = 200_000;

    private final Collector collector = Collector.start();

    /** The pipeline's thread that was made last. */
    private final AtomicReference<EndableThread> pipeline = new AtomicReference<>();

    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void shouldLoseNothingWhenTheThreadIsInterruptedAgainAndAgainUnderLoad() {
        try (ClientFixture fixture = open(Duration.ofSeconds(10))) {
            Set<String> accepted = new HashSet<>();
            AtomicBoolean stop = new AtomicBoolean();
            Thread interrupter = new Thread(() -> {
                while (!stop.get()) {
                    pipeline.get().interrupt();
                    Thread.onSpinWait();
                }
            });
            interrupter.start();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() - end < 0 && fixture.stats().health().pipelineRestarts() < 2) {
                UUID uuid = UUID.randomUUID();
                if (accepted.size() < MOST_KEPT
                        && fixture.client()
                                        .event("interrupted")
                                        .uuid(uuid)
                                        .distinctId("user")
                                        .send()
                                == CaptureResult.ACCEPTED) {
                    accepted.add(uuid.toString());
                }
            }
            stop.set(true);
            Await.end(interrupter);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.health().pipelineRestarts()).as("it happened").isGreaterThanOrEqualTo(2);
            assertThat(stats.delivered()).as(stats.summary()).isEqualTo(accepted.size());
            assertThat(received()).isEqualTo(accepted);
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .anyMatch(line -> line.contains("pipeline-0 had ended and was started again"));
        }
    }

    @Test
    void shouldGoOnWithBatchesThatWereOnTheWireWhenTheThreadEnded() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = open(Duration.ofSeconds(1))) {
            fixture.capture(50);
            Await.until(() -> fixture.stats().pending().inFlight() == 50, "the batch is on the wire");
            endThread();
            collector.answerAll(Answer.ok());
            fixture.capture(50);

            fixture.awaitSettled();
            assertThat(fixture.stats().delivered()).isEqualTo(100);
            assertThat(fixture.stats().health().pipelineRestarts()).isEqualTo(1);
        }
    }

    @Test
    void shouldFinishWhenTheClientIsClosedBeforeAnybodyHasNoticed() {
        try (ClientFixture fixture = open(Duration.ofSeconds(10))) {
            fixture.capture(1);
            exhausted.set(true); // so that the watchdog cannot help first
            endThread();
            fixture.capture(100);
            assertThat(pipeline.get().isAlive()).isFalse();
            exhausted.set(false);

            CloseReport report = fixture.end(Duration.ofSeconds(10));

            assertThat(report.drained()).isTrue();
            assertThat(report.stats().delivered()).isEqualTo(101);
            assertThat(report.stats().health().pipelineRestarts()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatItCannotBeStartedAgainAndGoOnTrying() {
        try (ClientFixture fixture = open(Duration.ofSeconds(10))) {
            fixture.capture(10);
            exhausted.set(true);
            endThread();
            fixture.awaitWarning("pipeline-0 has ended and could not be started again", "no more threads");
            assertThat(fixture.stats().health().pipelineRestarts()).isZero();

            exhausted.set(false);
            fixture.awaitWarning("pipeline-0 had ended and was started again");
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(10);
        }
    }

    @Test
    void shouldCloseInBoundedTimeWhenTheThreadIsGoneForGood() {
        ClientFixture fixture = open(Duration.ofSeconds(10));
        fixture.capture(10);
        fixture.flush();
        exhausted.set(true);
        endThread();
        fixture.capture(10);

        long start = System.nanoTime();
        CloseReport report = fixture.client().close(Duration.ofMillis(100));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(report.drained()).isFalse();
        assertThat(report.stats().isBalanced()).as(report.stats().summary()).isTrue();
        assertThat(report.stats().pending().total())
                .as("counted where they stand")
                .isEqualTo(10);
    }

    @Test
    void shouldNotStartAgainWhatHasEndedByDesign() {
        try (ClientFixture fixture = open(Duration.ofSeconds(10))) {
            fixture.capture(10);
            CloseReport report = fixture.end(Duration.ofSeconds(10));
            int before = made.get();
            Await.pause(Duration.ofMillis(1_200));
            assertThat(made.get()).isEqualTo(before);
            assertThat(report.stats().health().pipelineRestarts()).isZero();
        }
    }

    /** As an interrupt in the wrong moment does. */
    private void endThread() {
        pipeline.get().end = true;
        Await.end(pipeline.get());
    }

    private ClientFixture open(Duration requestTimeout) {
        return ClientFixture.of(
                collector,
                config -> config.threadFactory(this::thread)
                        .requestTimeout(requestTimeout)
                        .maxRetries(20)
                        .stallTimeout(Duration.ofSeconds(20)));
    }

    private Thread thread(Runnable task) {
        if (exhausted.get()) {
            throw new OutOfMemoryError("no more threads");
        }
        EndableThread thread = new EndableThread(task);
        if (task instanceof AgentRunner) {
            pipeline.set(thread);
        }
        made.incrementAndGet();
        return thread;
    }

    private Set<String> received() {
        List<ReceivedEvent> events = collector.events();
        Set<String> uuids = new HashSet<>();
        events.forEach(event -> uuids.add(event.uuid()));
        assertThat(uuids).as("duplicates").hasSameSizeAs(events);
        return uuids;
    }

    /** Claims to be interrupted whenever Agrona's runner asks, which idles in between. */
    private static final class EndableThread extends Thread {

        private volatile boolean end;

        EndableThread(Runnable task) {
            super(task);
            setDaemon(true);
        }

        @Override
        public boolean isInterrupted() {
            return end || super.isInterrupted();
        }
    }
}
