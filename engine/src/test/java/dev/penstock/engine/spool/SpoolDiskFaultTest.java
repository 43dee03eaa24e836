package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.FakeDisk.Action;
import dev.penstock.engine.spool.Sinks.Appended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolDiskFaultTest {

    private static final int SEGMENT = 64 * 1024;

    private static StoreFixture open(SpoolSync sync) {
        return new StoreFixture(SpoolSettings.builder(Path.of("fake"))
                .segmentBytes(SEGMENT)
                .sync(sync)
                .build());
    }

    private static final SpoolRecord FIRST = Records.of(1, 2, 30_000);
    private static final SpoolRecord SECOND = Records.of(2, 3, 30_000);
    private static final SpoolRecord THIRD = Records.of(3, 4, 30_000);

    @Test
    void shouldMeetAFullDiskWhenASegmentIsMadeAndLeaveNothingOfIt() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        spool.disk().setQuota(SEGMENT + SEGMENT / 2);
        spool.append(FIRST).id();
        spool.append(SECOND).id();

        Appended third = spool.append(THIRD);

        assertThat(third.reason()).contains("cannot make a file of 65536 bytes", "No space left on device");
        assertThat(spool.disk().content()).containsOnlyKeys(SegmentName.of(1));
        assertThat(spool.counters().failedEvents()).isEqualTo(4);
        assertThat(spool.counters().storedEvents()).isEqualTo(5);
        spool.reopen();
        assertThat(spool.takeAll(false)).containsExactly(Records.text(FIRST), Records.text(SECOND));
    }

    @Test
    void shouldTryAFailedDiskOnceASecondAndRefuseAtOnceMeanwhile() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        spool.disk().fail(Action.CREATE);
        spool.append(FIRST).reason();
        spool.append(FIRST).reason();
        spool.pass(Duration.ofMillis(999));
        assertThat(spool.append(FIRST).reason()).contains("fake failure of CREATE");
        assertThat(spool.disk().count(Action.CREATE)).isEqualTo(1);

        spool.pass(Duration.ofMillis(1));
        spool.append(FIRST).reason();
        assertThat(spool.disk().count(Action.CREATE)).isEqualTo(2);
        spool.disk().repair();
        assertThat(spool.append(FIRST).reason()).as("the second is not over").isNotNull();
        spool.pass(Duration.ofSeconds(1));

        spool.append(FIRST).id();
        spool.append(SECOND).id();
        assertThat(spool.warnings()).anyMatch(line -> line.contains("so events stay in memory"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE", "WRITE", "RENAME"})
    void shouldComeBackFromAnyFailureToMakeASegment(Action action) {
        StoreFixture spool = open(SpoolSync.BATCH);
        spool.disk().fail(action);
        assertThat(spool.append(FIRST).reason()).contains("cannot make a file");
        spool.disk().repair();
        spool.pass(Duration.ofSeconds(1));

        spool.append(FIRST).id();

        spool.reopen();
        assertThat(spool.takeAll(false)).containsExactly(Records.text(FIRST));
        assertThat(spool.counters().tornBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndASegmentAtItsLastGoodRecordWhenAWriteFailsHalfWay(boolean canCut) {
        for (SpoolSync sync : SpoolSync.values()) {
            StoreFixture spool = open(sync);
            spool.append(FIRST).id();
            spool.disk().failAfterWrites(0);
            if (!canCut) {
                spool.disk().fail(Action.TRUNCATE);
            }
            assertThat(spool.append(SECOND).reason()).contains("cannot write to spool-0000000001.segment");
            spool.disk().repair();
            if (!canCut) {
                spool.disk().fail(Action.TRUNCATE);
            }
            assertThat(spool.append(SECOND).reason()).contains("cannot write");
            spool.pass(Duration.ofSeconds(1));
            spool.append(THIRD).id();

            spool.openOn(spool.disk().afterKill());

            assertThat(spool.takeAll(true)).containsExactly(Records.text(FIRST), Records.text(THIRD));
            assertThat(spool.counters().damagedRecords()).as("half a record").isEqualTo(canCut ? 0 : 1);
            assertThat(spool.disk().namesSetAside()).hasSize(canCut ? 0 : 1);
        }
    }

    @Test
    void shouldTakeBackAppendsThatCannotBeForced() {
        StoreFixture spool = open(SpoolSync.BATCH);
        long first = spool.append(FIRST).id();
        spool.disk().fail(Action.FORCE);
        List<Appended> failed = spool.appendTogether(List.of(Records.of(8, 2, 500), Records.of(9, 2, 500)));

        assertThat(failed).allMatch(append -> append.reason().contains("cannot force spool-0000000001.segment"));
        assertThat(spool.counters().records()).isEqualTo(1);
        assertThat(spool.counters().storedEvents()).isEqualTo(2);
        assertThat(spool.counters().failedEvents()).isEqualTo(4);
        assertThat(spool.counters().pendingEvents()).isZero();
        spool.disk().repair();
        spool.pass(Duration.ofSeconds(1));
        spool.append(SECOND).id();
        spool.release(first, 0);
        assertThat(spool.take().id()).isEqualTo(first);

        spool.reopen();
        assertThat(spool.takeAll(false)).containsExactly(Records.text(FIRST), Records.text(SECOND));
    }

    @Test
    void shouldTakeBackAppendsOfATurnThatCannotBeForcedWhenItsSegmentIsFull() {
        StoreFixture spool = open(SpoolSync.BATCH);
        spool.disk().fail(Action.FORCE);

        List<Appended> failed = spool.appendTogether(List.of(FIRST, SECOND, THIRD));

        assertThat(failed).allMatch(append -> append.reason().contains("cannot force"));
        assertThat(spool.counters().records()).isZero();
        spool.disk().repair();
        spool.reopen();
        assertThat(spool.takeAll(false)).isEmpty();
    }

    @Test
    void shouldEndASegmentThatCannotBeForcedInTime() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        long first = spool.append(FIRST).id();
        spool.disk().fail(Action.FORCE);
        spool.pass(Duration.ofSeconds(1));
        spool.disk().repair();
        assertThat(spool.append(SECOND).reason()).contains("cannot force");
        spool.pass(Duration.ofSeconds(1));

        spool.append(SECOND).id();

        spool.release(first, 0);
        assertThat(Records.text(spool.take().record()))
                .as("it is still readable")
                .isEqualTo(Records.text(FIRST));
        assertThat(spool.disk().content()).containsOnlyKeys(SegmentName.of(1), SegmentName.of(2));
    }

    @Test
    void shouldKeepAnAcknowledgementThatCannotBeWrittenInMemory() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        long first = spool.append(FIRST).id();
        spool.append(SECOND).id();
        spool.disk().fail(Action.WRITE);
        spool.acknowledge(first);
        spool.release(first, 0);

        assertThat(spool.take().record()).isNull();
        assertThat(spool.counters().records()).isEqualTo(1);
        assertThat(spool.warnings()).anyMatch(line -> line.contains("the next start sends it again"));
    }

    @Test
    void shouldTryAgainToDeleteWhatItNoLongerNeeds() {
        StoreFixture spool = open(SpoolSync.NONE);
        long first = spool.append(FIRST).id();
        spool.append(SECOND).id();
        spool.append(THIRD).id();
        spool.disk().fail(Action.DELETE);
        long second = (1L << 32) | 1;
        spool.acknowledge(first);
        spool.acknowledge(second);
        assertThat(spool.disk().content()).hasSize(2);
        assertThat(spool.counters().records()).isEqualTo(1);

        spool.disk().repair();
        spool.pass(Duration.ofSeconds(1));

        assertThat(spool.disk().content()).containsOnlyKeys(SegmentName.of(2));
    }

    @Test
    void shouldWorkWithMoreSegmentsThanOpenFiles() {
        StoreFixture spool = open(SpoolSync.NONE);
        for (int i = 0; i < 40; i++) {
            spool.append(Records.of(i, 1, 60_000)).id();
        }
        for (int i = 39; i >= 0; i -= 3) {
            spool.acknowledge((i + 1L) << 32);
        }
        spool.reopen();

        assertThat(spool.takeAll(true)).hasSize(26);
        assertThat(spool.disk().content()).isEmpty();
    }
}
