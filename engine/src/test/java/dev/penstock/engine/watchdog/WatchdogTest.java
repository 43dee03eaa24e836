package dev.penstock.engine.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.RecordingLogger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class WatchdogTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RecordingLogger logger = new RecordingLogger();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final DistinctErrors errors =
            new DistinctErrors(() -> logger, "test", 60_000_000_000L, (message, cause) -> told.add(message));
    private final List<Watched> parts = new CopyOnWriteArrayList<>();
    private final Watchdog watchdog = new Watchdog(() -> parts, TIMEOUT, errors);
    private long now = System.nanoTime();

    @ParameterizedTest
    @EnumSource(Part.class)
    void shouldSayAndCountAStallOnceAndThatItGoesOn(Part kind) {
        FakePart part = add(kind, "penstock-test-x");
        look(2);
        part.work = true;
        look(9);
        assertThat(logger.lines()).isEmpty();
        assertThat(counts()).containsOnly(0L);

        look(100);
        assertThat(logger.from(Level.INFO)).singleElement().asString().contains("test", "penstock-test-x", "10 s");
        assertThat(told).as("the listener hears of it too").hasSize(1);
        assertThat(counts().get(kind.ordinal())).isEqualTo(1);
        assertThat(counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        assertThat(part.recoveries.get()).isEqualTo(1);

        part.progress.incrementAndGet();
        look(1);
        assertThat(logger.lines()).hasSize(2);
        assertThat(logger.lines().get(1).level()).isEqualTo(Level.INFO);
        assertThat(logger.lines().get(1).text()).contains("penstock-test-x goes on after 109 s");
        look(9);
        assertThat(counts().get(kind.ordinal())).isEqualTo(1);
        look(1);
        assertThat(counts().get(kind.ordinal())).as("armed again").isEqualTo(2);
        assertThat(part.recoveries.get()).isEqualTo(2);
    }

    @Test
    void shouldSayNothingOfPartsThatAreWell() {
        FakePart busy = add(Part.PIPELINE, "busy");
        busy.work = true;
        add(Part.LISTENER, "idle");
        for (int i = 0; i < 100; i++) {
            busy.progress.incrementAndGet();
            look(1);
        }
        assertThat(logger.lines()).isEmpty();
        assertThat(counts()).containsOnly(0L);
        assertThat(busy.recoveries.get()).isZero();
    }

    @Test
    void shouldSayWhereInTheApplicationTheThreadStands() {
        FakePart part = add(Part.LISTENER, "penstock-test-listener");
        part.work = true;
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        part.thread = new Thread(() -> standHere(inside, release));
        part.thread.start();
        Await.latch(inside, "the thread is there");
        Await.until(() -> part.thread.getState() == Thread.State.TIMED_WAITING, "the thread stands");
        look(11);
        release.countDown();
        Await.end(part.thread);

        assertThat(logger.lines()).hasSize(1);
        assertThat(logger.lines().get(0).text()).contains(" at dev.penstock.engine.testing.Await.latch(Await.java:");
        assertThat(logger.lines().get(0).thrown().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("standHere"));
    }

    @Test
    void shouldSayThatAStandingThreadWasReplaced() {
        FakePart part = add(Part.IO, "penstock-test-io");
        part.work = true;
        part.helps = true;
        look(11);
        assertThat(logger.from(Level.WARNING)).singleElement().asString().contains("it was replaced");
    }

    @Test
    void shouldSayThatAStandingThreadCouldNotBeReplaced() {
        FakePart part = add(Part.IO, "penstock-test-io");
        part.work = true;
        part.recovery = new OutOfMemoryError("no more threads");
        look(11);
        assertThat(logger.from(Level.WARNING))
                .singleElement()
                .asString()
                .contains("could not be replaced", "no more threads");
        assertThat(watchdog.counters().ioStalls()).isEqualTo(1);
    }

    @Test
    void shouldReviveAtOnceWhatHasDiedWhetherThereIsWorkOrNot() {
        FakePart part = add(Part.PIPELINE, "penstock-test-pipeline-0");
        look(1);
        part.died = true;
        part.helps = true;
        look(20);
        assertThat(part.recoveries.get()).isEqualTo(1);
        assertThat(logger.from(Level.WARNING)).singleElement().asString().contains("was started again");
        assertThat(watchdog.counters().pipelineStalls()).as("not a stall").isZero();
    }

    @Test
    void shouldTryEverySecondToReviveWhatCannotBeRevivedYet() {
        FakePart part = add(Part.PIPELINE, "penstock-test-pipeline-0");
        part.died = true;
        part.recovery = new OutOfMemoryError("no more threads");
        look(5);
        assertThat(part.recoveries.get()).isEqualTo(5);
        assertThat(logger.from(Level.WARNING))
                .singleElement()
                .asString()
                .contains("could not be started again", "no more threads");

        part.recovery = null;
        part.helps = true;
        look(1);
        assertThat(part.died).isFalse();
        assertThat(logger.from(Level.WARNING)).hasSize(2);
    }

    @Test
    void shouldLookAtTheOthersWhenOneCannotBeLookedAt() {
        FakePart broken = add(Part.SPOOL, "broken");
        broken.trouble = new IllegalStateException("spool");
        FakePart standing = add(Part.PIPELINE, "standing");
        standing.work = true;
        look(11);
        assertThat(watchdog.counters().pipelineStalls()).isEqualTo(1);
        assertThat(logger.from(Level.WARNING))
                .hasSize(2)
                .anyMatch(line -> line.contains("standing"))
                .anyMatch(line -> line.contains("broken") && line.contains("IllegalStateException"));
    }

    @Test
    void shouldWatchWhatComesLater() {
        add(Part.PIPELINE, "first");
        look(5);
        FakePart later = add(Part.PIPELINE, "later");
        later.work = true;
        look(10);
        assertThat(watchdog.counters().pipelineStalls()).isZero();
        look(1);
        assertThat(watchdog.counters().pipelineStalls()).isEqualTo(1);
    }

    @Test
    void shouldBePatientWithAPartThatAsksForIt() {
        FakePart part = add(Part.IO, "io");
        part.patienceNs = Duration.ofSeconds(40).toNanos();
        part.work = true;
        look(50);
        assertThat(watchdog.counters().ioStalls()).isZero();
        look(1);
        assertThat(watchdog.counters().ioStalls()).isEqualTo(1);
    }

    /** While the pipeline stands, nobody else says what others have noted. */
    @Test
    void shouldSayWhatOthersHaveNotedWhileAPartStands() {
        FakePart part = add(Part.PIPELINE, "pipeline");
        part.work = true;
        look(11);
        errors.warn("other", "something else", null);
        look(1);
        assertThat(logger.from(Level.WARNING)).hasSize(2).last().asString().contains("something else");
    }

    @Test
    void shouldCountAndHelpBeforeALoggerThatBlocks() {
        BlockingLogger blocking = new BlockingLogger();
        Watchdog blocked =
                new Watchdog(() -> parts, TIMEOUT, new DistinctErrors(() -> blocking, "test", 60_000_000_000L, null));
        FakePart first = add(Part.PIPELINE, "first");
        FakePart second = add(Part.PIPELINE, "second");
        first.work = true;
        second.died = true;
        second.helps = true;
        Thread looking = new Thread(() -> look(blocked, 11));
        looking.start();
        Await.latch(blocking.called, "the alarm reaches the logger");

        assertThat(second.recoveries.get()).isEqualTo(1);
        blocking.release.countDown();
        Await.end(looking);
        assertThat(blocked.counters().pipelineStalls()).isEqualTo(1);
    }

    @Test
    void shouldGoOnLookingWhileAPipelineStandsInTheLogger() {
        BlockingLogger blocking = new BlockingLogger();
        DistinctErrors shared = new DistinctErrors(() -> blocking, "test", 60_000_000_000L, null);
        Watchdog looking = new Watchdog(() -> parts, TIMEOUT, shared);
        FakePart part = add(Part.PIPELINE, "pipeline");
        part.work = true;
        shared.warn("any", "any trouble", null);
        Thread pipeline = new Thread(() -> shared.report(now));
        pipeline.start();
        Await.latch(blocking.called, "the pipeline stands in the logger");

        look(looking, 20);

        assertThat(part.looks.get()).isEqualTo(20);
        assertThat(looking.counters().pipelineStalls()).isEqualTo(1);
        blocking.release.countDown();
        Await.end(pipeline);
    }

    @Test
    void shouldLookAboutOnceASecondAlsoWhenInterruptedAndEndAtOnce() throws Exception {
        FakePart part = add(Part.PIPELINE, "pipeline");
        List<Thread> made = new ArrayList<>();
        long start = System.nanoTime();
        watchdog.start(task -> {
            Thread thread = new Thread(task, "penstock-test-watchdog");
            made.add(thread);
            return thread;
        });
        Await.until(() -> part.looks.get() > 0, "the first look");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
        for (int i = 0; i < 100; i++) {
            made.get(0).interrupt();
        }
        Await.until(() -> part.looks.get() > 1, "the second look");
        assertThat(part.looks.get())
                .isLessThanOrEqualTo(
                        1 + (int) Duration.ofNanos(System.nanoTime() - start).toSeconds());

        long closing = System.nanoTime();
        assertThat(watchdog.close(10_000)).isTrue();
        assertThat(System.nanoTime() - closing).isLessThan(900_000_000L);
        assertThat(made).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    void shouldCloseInBoundedTimeWhenALookDoesNotReturn() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Watchdog held = new Watchdog(
                () -> {
                    inside.countDown();
                    Await.latch(release, "the look goes on");
                    return List.of();
                },
                TIMEOUT,
                errors);
        held.start(Thread::new);
        Await.latch(inside, "a look begins");
        assertThat(held.close(20)).isFalse();
        release.countDown();
        assertThat(held.close(10_000)).isTrue();
    }

    @Test
    void shouldCloseWithoutHavingBeenStarted() throws Exception {
        assertThat(watchdog.close(1)).isTrue();
    }

    private static void standHere(CountDownLatch inside, CountDownLatch release) {
        inside.countDown();
        Await.latch(release, "the test has looked");
    }

    private FakePart add(Part kind, String name) {
        FakePart part = new FakePart(kind, name);
        parts.add(part);
        return part;
    }

    private void look(int seconds) {
        look(watchdog, seconds);
    }

    private void look(Watchdog looking, int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += 1_000_000_000L;
            looking.look(now);
        }
    }

    /** In the order of {@link Part}. */
    private List<Long> counts() {
        WatchdogCounters counters = watchdog.counters();
        return List.of(
                counters.pipelineStalls(), counters.ioStalls(), counters.listenerStalls(), counters.spoolStalls());
    }
}
