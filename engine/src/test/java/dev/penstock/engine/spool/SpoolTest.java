package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.Sinks.Appended;
import dev.penstock.engine.spool.Sinks.Taken;
import dev.penstock.engine.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpoolTest {

    @TempDir
    Path directory;

    private SpoolFixture open() {
        return new SpoolFixture(SpoolFixture.settings(directory).build());
    }

    private List<String> segmentFiles() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("spool-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(SpoolSync.class)
    void shouldGiveBackTheSameRecordsInOrderAfterARestart(SpoolSync sync) {
        List<String> written = new ArrayList<>();
        try (SpoolFixture spool =
                new SpoolFixture(SpoolFixture.settings(directory).sync(sync).build())) {
            int events = 0;
            for (int i = 0; i < 30; i++) {
                SpoolRecord record = Records.of(i, 1 + i % 7, i == 17 ? 0 : 900 * i);
                written.add(Records.text(record));
                spool.append(record).id();
                events += record.count();
            }
            assertThat(spool.counters().storedEvents()).isEqualTo(events);
            assertThat(spool.counters().records()).isEqualTo(30);
            assertThat(spool.counters().pendingEvents()).isZero();
            assertThat(spool.spool().hasBacklog()).isFalse();

            spool.reopen();

            assertThat(spool.counters().recovered()).isEqualTo(events);
            assertThat(spool.counters().pendingEvents()).isEqualTo(events);
            assertThat(spool.spool().hasBacklog()).isTrue();
            assertThat(spool.takeAll(false)).isEqualTo(written);
            assertThat(spool.counters().pendingEvents()).isZero();
            assertThat(spool.spool().hasBacklog()).isFalse();
            assertThat(spool.warnings()).isEmpty();
        }
    }

    @Test
    void shouldKeepARecordOutOfTakesUntilItIsReleased() {
        try (SpoolFixture spool = open()) {
            SpoolRecord record = Records.of(1, 3, 100);
            long id = spool.append(record).id();
            assertThat(spool.take().record()).isNull();

            spool.spool().release(id, 3, 0);
            Taken taken = spool.take();

            assertThat(taken.id()).isEqualTo(id);
            assertThat(Records.text(taken.record())).isEqualTo(Records.text(record));
            assertThat(spool.take().record()).isNull();
        }
    }

    @Test
    void shouldGiveOutTheOldestFirstWhateverTheOrderOfReleases() {
        try (SpoolFixture spool = open()) {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(spool.append(Records.of(i, 1, 30_000)).id());
            }
            for (int i : new int[] {3, 1, 4, 0, 2}) {
                spool.spool().release(ids.get(i), 1, 0);
            }

            List<Long> taken = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                taken.add(spool.take().id());
            }

            assertThat(taken).isEqualTo(ids).isSorted();
        }
    }

    @Test
    void shouldNotGiveOutAReleasedRecordBeforeItsDelay() {
        try (SpoolFixture spool = open()) {
            long id = spool.append(Records.of(1, 3, 100)).id();

            long before = System.nanoTime();
            spool.spool().release(id, 3, Duration.ofSeconds(2).toNanos());
            assertThat(spool.take().record()).isNull();
            assertThat(spool.counters().pendingEvents()).isEqualTo(3);
            Await.until(() -> spool.spool().hasBacklog(), "the delay ends");

            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2_000_000_000);
            assertThat(spool.take().id()).isEqualTo(id);
        }
    }

    @Test
    void shouldForgetAcknowledgedRecordsOverARestart() {
        try (SpoolFixture spool = open()) {
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                SpoolRecord record = Records.of(i, 2, 5_000);
                long id = spool.append(record).id();
                if (i % 3 == 0) {
                    spool.spool().acknowledge(id);
                } else {
                    kept.add(Records.text(record));
                }
            }

            spool.reopen();

            assertThat(spool.counters().recovered()).isEqualTo(2L * kept.size());
            assertThat(spool.takeAll(false)).isEqualTo(kept);
        }
    }

    @Test
    void shouldIgnoreAcknowledgementsAndReleasesOfUnknownRecords() {
        try (SpoolFixture spool = open()) {
            long id = spool.append(Records.of(1, 3, 100)).id();
            for (long unknown : new long[] {id + 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 77L << 32}) {
                spool.spool().acknowledge(unknown);
                spool.spool().release(unknown, 1, 0);
            }
            spool.spool().acknowledge(id);
            spool.spool().acknowledge(id);
            spool.spool().release(id, 3, 0);

            assertThat(spool.take().record()).isNull();
            assertThat(spool.counters().records()).isZero();
            assertThat(spool.counters().pendingEvents()).isZero();
            assertThat(spool.losses.all()).isEmpty();
        }
    }

    @Test
    void shouldTakeAnAcknowledgementOfARecordThatWasReleasedOrTakenAgain() {
        try (SpoolFixture spool = open()) {
            long released = spool.leave(Records.of(1, 3, 100));
            spool.spool().acknowledge(released);
            assertThat(spool.take().record()).isNull();

            long taken = spool.leave(Records.of(2, 3, 100));
            assertThat(spool.take().id()).isEqualTo(taken);
            spool.spool().acknowledge(taken);
            spool.settle();

            assertThat(spool.counters().records()).isZero();
        }
    }

    @Test
    void shouldDeleteASegmentOnceAllItsRecordsAreAcknowledged() throws Exception {
        try (SpoolFixture spool = open()) {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ids.add(spool.append(Records.of(i, 1, 30_000)).id());
            }
            assertThat(segmentFiles()).hasSize(3);

            spool.spool().acknowledge(ids.get(3));
            spool.spool().acknowledge(ids.get(0));
            spool.settle();
            assertThat(segmentFiles()).hasSize(3);
            spool.spool().acknowledge(ids.get(1));
            spool.settle();

            assertThat(segmentFiles()).containsExactly("spool-0000000002.segment", "spool-0000000003.segment");
        }
    }

    @Test
    void shouldLeaveNoSegmentBehindWhenItIsEmpty() throws Exception {
        SpoolFixture spool = open();
        long id = spool.append(Records.of(1, 3, 100)).id();
        assertThat(segmentFiles()).hasSize(1);
        spool.spool().acknowledge(id);
        spool.close();

        assertThat(segmentFiles()).isEmpty();
        assertThat(spool.counters().bytes()).isZero();
    }

    @Test
    void shouldDeleteWhatWasAcknowledgedToTheLastRecordWhenItIsOpened() throws Exception {
        try (SpoolFixture spool = open()) {
            spool.leave(Records.of(1, 3, 100));
            spool.reopen();
            assertThat(spool.takeAll(true)).hasSize(1);
            spool.settle();

            assertThat(segmentFiles()).isEmpty();
        }
    }

    @Test
    void shouldGiveARecordThatIsLargerThanASegmentOneOfItsOwn() throws Exception {
        try (SpoolFixture spool = open()) {
            SpoolRecord small = Records.of(1, 3, 100);
            SpoolRecord large = Records.of(2, 50, 400_000);
            spool.append(small).id();
            spool.append(large).id();
            spool.append(small).id();
            assertThat(segmentFiles()).hasSize(3);
            assertThat(Files.size(directory.resolve("spool-0000000002.segment")))
                    .isEqualTo(SegmentHeader.BYTES + FrameHead.frameBytes(large));

            spool.reopen();

            assertThat(spool.takeAll(false))
                    .containsExactly(Records.text(small), Records.text(large), Records.text(small));
        }
    }

    @Test
    void shouldNeverAppendToAFileOfAnEarlierRun() throws Exception {
        try (SpoolFixture spool = open()) {
            spool.leave(Records.of(1, 3, 100));
            spool.reopen();
            byte[] before = Files.readAllBytes(directory.resolve("spool-0000000001.segment"));

            spool.append(Records.of(2, 3, 100)).id();

            assertThat(segmentFiles()).containsExactly("spool-0000000001.segment", "spool-0000000002.segment");
            assertThat(directory.resolve("spool-0000000001.segment")).hasBinaryContent(before);
        }
    }

    @Test
    void shouldRefuseEverythingOnceItIsClosed() {
        SpoolFixture spool = open();
        long id = spool.append(Records.of(1, 3, 100)).id();
        spool.close();

        Appended late = spool.append(Records.of(2, 3, 100));
        assertThat(late.isTold()).isTrue();
        assertThat(late.reason()).isEqualTo("the spool is closed");
        assertThat(spool.take().record()).isNull();
        spool.spool().acknowledge(id);
        spool.spool().release(id, 3, 0);
        spool.close();

        assertThat(spool.spool().hasWork()).isFalse();
        spool.open();
        assertThat(spool.takeAll(true)).hasSize(1);
        spool.close();
    }

    @Test
    void shouldCarryOutWhatWasQueuedBeforeItIsClosed() {
        SpoolFixture spool = open();
        List<Appended> appended = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            appended.add(spool.append(Records.of(i, 1, 300)));
        }
        spool.close();

        assertThat(appended).allMatch(sink -> sink.times() == 1 && sink.idNow() != null);
    }
}
