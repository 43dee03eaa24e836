package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.spool.Sinks.Appended;
import dev.penstock.engine.spool.Sinks.Losses;
import dev.penstock.engine.spool.Sinks.Taken;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.RecordingLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolThreadTest {

    @TempDir
    Path directory;

    private final FakeDisk disk = new FakeDisk();
    private final RecordingLogger logger = new RecordingLogger();
    private final DistinctErrors errors = new DistinctErrors(() -> logger, "test", 0, null);
    private final List<Thread> threads = new ArrayList<>();

    private Spool openOnFake(SpoolSync sync) {
        return Spool.open(
                SpoolSettings.builder(Path.of("fake"))
                        .segmentBytes(64 * 1024)
                        .sync(sync)
                        .build(),
                disk,
                task -> {
                    Thread thread = new Thread(task, "penstock-test-spool");
                    thread.setDaemon(true);
                    threads.add(thread);
                    return thread;
                },
                errors,
                new Losses());
    }

    @AfterEach
    void letGo() {
        disk.letGo();
        threads.forEach(Await::end);
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @Test
    void shouldNotHoldUpCallersWhileTheDiskIsStuck() {
        Spool spool = openOnFake(SpoolSync.BATCH);
        disk.hold();
        Appended first = append(spool, Records.of(1, 1, 100));
        Await.until(disk::isStuck, "the disk is stuck");
        long progress = spool.progress();

        List<Appended> appended = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            appended.add(append(spool, Records.of(i, 1, 20)));
            spool.release(77, 0, 0);
            spool.hasBacklog();
            spool.counters().pendingEvents();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));

        assertThat(spool.hasWork()).isTrue();
        assertThat(spool.progress()).isEqualTo(progress);
        assertThat(first.isTold()).isFalse();
        disk.letGo();
        appended.forEach(Appended::id);
        assertThat(spool.progress()).isGreaterThan(progress);
        Await.until(() -> !spool.hasWork(), "all is done");
        assertThat(spool.close(in(Await.LONG))).isTrue();
    }

    private static Appended append(Spool spool, SpoolRecord record) {
        Appended appended = new Appended();
        spool.append(record, appended);
        return appended;
    }

    @Test
    void shouldNotWaitBeyondItsDeadlineWhenItIsClosedWithAStuckDisk() {
        Spool spool = openOnFake(SpoolSync.BATCH);
        disk.hold();
        Appended begun = append(spool, Records.of(1, 1, 100));
        Await.until(disk::isStuck, "the disk is stuck");
        Appended queued = append(spool, Records.of(2, 1, 100));

        long before = System.nanoTime();
        boolean ended = spool.close(in(Duration.ofMillis(50)));
        long tookMs = (System.nanoTime() - before) / 1_000_000;

        assertThat(ended).isFalse();
        assertThat(tookMs).isBetween(50L, 5_000L);
        assertThat(disk.isClosed()).isFalse();
        assertThat(append(spool, Records.of(3, 1, 100)).reason()).isEqualTo("the spool is closed");
        disk.letGo();
        Await.end(threads.get(0));
        assertThat(begun.id()).as("it was written in the end").isPositive();
        assertThat(queued.reason()).isEqualTo("the spool is closed");
        assertThat(disk.isClosed()).isTrue();
        assertThat(spool.close(System.nanoTime())).isTrue();
        assertThat(spool.hasWork()).isFalse();
    }

    @Test
    void shouldNotWriteWhatWasWithdrawnBeforeItHadBegun() {
        Spool spool = openOnFake(SpoolSync.BATCH);
        disk.hold();
        Appended begun = new Appended();
        PendingAppend writing = spool.append(Records.of(1, 1, 100), begun);
        Await.until(disk::isStuck, "the disk is stuck");
        Appended queued = new Appended();
        PendingAppend waiting = spool.append(Records.of(2, 1, 100), queued);
        assertThat(writing.withdraw()).as("it may be there").isFalse();
        assertThat(waiting.withdraw()).isTrue();
        disk.letGo();

        assertThat(begun.id()).isPositive();
        assertThat(queued.reason()).isEqualTo("withdrawn");
        assertThat(waiting.withdraw()).as("withdrawn again").isFalse();
        assertThat(spool.counters().records()).isEqualTo(1);
        assertThat(spool.counters().failedEvents()).isZero();
        assertThat(spool.close(in(Await.LONG))).isTrue();
        assertThat(queued.times()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnInterruptOfWhoeverClosesItForLater() {
        Spool spool = openOnFake(SpoolSync.BATCH);
        Thread.currentThread().interrupt();

        boolean ended = spool.close(in(Await.LONG));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void shouldLetASinkCloseItWithoutWaitingForItself() {
        Spool spool = openOnFake(SpoolSync.NONE);
        CountDownLatch closed = new CountDownLatch(1);
        spool.take(new TakeSink() {
            @Override
            public void taken(long recordId, SpoolRecord record) {
                throw new AssertionError("there is none");
            }

            @Override
            public void none() {
                assertThat(spool.close(in(Await.LONG))).isFalse();
                closed.countDown();
            }
        });
        Await.latch(closed, "the sink has closed it");
        Await.end(threads.get(0));
        assertThat(disk.isClosed()).isTrue();
    }

    @Test
    void shouldGoOnWhenASinkThrows() {
        for (SpoolSync sync : SpoolSync.values()) {
            Spool spool = openOnFake(sync);
            AtomicInteger told = new AtomicInteger();
            spool.append(Records.of(1, 1, 100), new AppendSink() {
                @Override
                public void stored(long recordId) {
                    told.incrementAndGet();
                    throw new IllegalStateException("from a sink");
                }

                @Override
                public void notStored(String reason) {
                    told.incrementAndGet();
                }
            });
            append(spool, Records.of(2, 1, 100)).id();
            assertThat(told).hasValue(1);
            assertThat(spool.close(in(Await.LONG))).isTrue();
        }
        errors.report(System.nanoTime());
        assertThat(logger.from(System.Logger.Level.WARNING)).anyMatch(line -> line.contains("from a sink"));
    }

    /** As when memory ends: there is none to say so either. */
    @Test
    void shouldGoOnWhenNothingCanBeSaidOfAFailure() {
        for (SpoolSync sync : SpoolSync.values()) {
            Spool spool = openOnFake(sync);
            disk.failToSay(new OutOfMemoryError("fake"));
            AtomicInteger told = new AtomicInteger();
            spool.append(Records.of(1, 1, 100), new AppendSink() {
                @Override
                public void stored(long recordId) {
                    told.incrementAndGet();
                    throw new OutOfMemoryError("from a sink");
                }

                @Override
                public void notStored(String reason) {
                    told.incrementAndGet();
                }
            });
            Await.until(() -> told.get() == 1, "the sink is told");
            disk.fail(FakeDisk.Action.WRITE);
            for (int i = 0; i < 3; i++) {
                assertThat(append(spool, Records.of(2, 1, 100)).reason()).isNotBlank();
            }
            disk.repair();
            Await.until(() -> append(spool, Records.of(3, 1, 100)).succeeds(), "it stores again");

            assertThat(told).hasValue(1);
            assertThat(spool.hasDied()).isFalse();
            assertThat(spool.close(in(Await.LONG))).isTrue();
            assertThat(spool.hasDied()).as("it was closed").isFalse();
        }
    }

    @Test
    void shouldTellATakerThatFailedThatThereIsNoneAndKeepItsRecord() {
        Spool spool = openOnFake(SpoolSync.NONE);
        SpoolRecord record = Records.of(1, 1, 100);
        spool.release(append(spool, record).id(), 1, 0);
        CountDownLatch none = new CountDownLatch(1);
        spool.take(new TakeSink() {
            @Override
            public void taken(long recordId, SpoolRecord found) {
                throw new OutOfMemoryError("from a taker");
            }

            @Override
            public void none() {
                none.countDown();
            }
        });
        Await.latch(none, "the taker is told");

        Taken again = new Taken();
        spool.take(again);
        assertThat(Records.text(again.record())).isEqualTo(Records.text(record));
        assertThat(spool.close(in(Await.LONG))).isTrue();
    }

    @Test
    void shouldTellATakerAgainThatCouldNotBeToldThatThereIsNone() {
        Spool spool = openOnFake(SpoolSync.NONE);
        CountDownLatch asked = new CountDownLatch(2);
        spool.take(new TakeSink() {
            @Override
            public void taken(long recordId, SpoolRecord found) {
                throw new AssertionError("there is none");
            }

            @Override
            public void none() {
                asked.countDown();
                if (asked.getCount() > 0) {
                    throw new OutOfMemoryError("from a taker");
                }
            }
        });
        Await.latch(asked, "the taker is told twice");
        assertThat(spool.close(in(Await.LONG))).isTrue();
    }

    @Test
    void shouldHaveNoBacklogWhenItHasEnded() {
        Spool spool = openOnFake(SpoolSync.NONE);
        spool.release(append(spool, Records.of(1, 1, 100)).id(), 1, 0);
        Await.until(spool::hasBacklog, "the record can be taken");

        assertThat(spool.close(in(Await.LONG))).isTrue();

        assertThat(spool.hasBacklog()).isFalse();
        assertThat(spool.counters().pendingEvents()).as("it is still there").isEqualTo(1);
    }

    @Test
    void shouldSayThatItsThreadHasEndedAndRefuseEverything() {
        SpoolSettings settings = SpoolSettings.builder(Path.of("fake")).build();
        Spool spool = Spool.open(settings, disk, task -> new Thread(() -> {}), errors, new Losses());
        Await.until(spool::hasDied, "the thread has ended");

        assertThat(append(spool, Records.of(1, 1, 100)).reason()).isEqualTo("the spool's thread has ended");
        Taken taken = new Taken();
        spool.take(taken);
        assertThat(taken.record()).isNull();
        assertThat(taken.times()).isEqualTo(1);
        assertThat(spool.hasWork()).isFalse();
        assertThat(spool.hasBacklog()).isFalse();
        assertThat(spool.close(in(Await.LONG))).isTrue();
        assertThat(spool.hasDied()).as("closed").isFalse();
    }

    @Test
    void shouldTellEverySinkOnceWhateverTheMomentOfTheClose() throws Exception {
        for (int round = 0; round < 30; round++) {
            Spool spool = openOnFake(SpoolSync.NONE);
            ConcurrentLinkedQueue<Appended> appended = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
            CountDownLatch going = new CountDownLatch(2);
            List<Thread> callers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                callers.add(new Thread(() -> {
                    going.countDown();
                    for (int i = 0; i < 300; i++) {
                        appended.add(append(spool, Records.of(i, 1, 20)));
                        Taken next = new Taken();
                        spool.take(next);
                        taken.add(next);
                    }
                }));
            }
            callers.forEach(Thread::start);
            Await.latch(going, "the callers go");
            Await.pause(Duration.ofNanos(50_000L * round));
            assertThat(spool.close(in(Await.LONG))).isTrue();
            callers.forEach(Await::end);
            Await.end(threads.get(threads.size() - 1));

            assertThat(appended).hasSize(600).allMatch(sink -> sink.times() == 1);
            assertThat(taken).hasSize(600).allMatch(sink -> sink.times() == 1);
        }
    }

    @Test
    void shouldLoseNothingWhenSomebodyInterruptsItsThread() {
        TestSeed.run(random -> {
            Path own = directory.resolve("interrupted");
            try (SpoolFixture spool = new SpoolFixture(SpoolFixture.settings(own)
                    .maxBytes(16 << 20)
                    .sync(SpoolSync.BATCH)
                    .build())) {
                CountDownLatch stop = new CountDownLatch(1);
                Thread victim = spool.thread();
                Thread interrupter = new Thread(() -> {
                    while (stop.getCount() > 0) {
                        victim.interrupt();
                        LockSupport.parkNanos(20_000);
                    }
                });
                List<String> written = new ArrayList<>();
                interrupter.start();
                try {
                    for (int i = 0; i < 80; i++) {
                        SpoolRecord record = Records.of(i, 1 + i % 3, random.nextInt(20_000));
                        long id = spool.append(record).id();
                        if (i % 4 == 0) {
                            spool.spool().acknowledge(id);
                        } else {
                            written.add(Records.text(record));
                            spool.spool().release(id, record.count(), 0);
                        }
                    }
                    assertThat(spool.takeAll(false)).isEqualTo(written);
                } finally {
                    stop.countDown();
                    Await.end(interrupter);
                }
                spool.reopen();
                assertThat(spool.takeAll(true)).isEqualTo(written);
                assertThat(spool.warnings()).isEmpty();
            }
        });
    }
}
