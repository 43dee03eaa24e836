package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolOverflow;
import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.spool.Sinks.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolBoundTest {

    private static final int SEGMENT = 64 * 1024;
    private static final int BODY = 60_000;

    private static StoreFixture open(SpoolOverflow overflow, long maxBytes) {
        return new StoreFixture(SpoolSettings.builder(Path.of("fake"))
                .segmentBytes(SEGMENT)
                .maxBytes(maxBytes)
                .overflow(overflow)
                .build());
    }

    /** What a segment with one of these records takes once the next one is begun. */
    private static long closedBytes(SpoolRecord record) {
        return SegmentHeader.BYTES + FrameHead.frameBytes(record);
    }

    @Test
    void shouldRefuseTheSegmentThatWouldBeOneByteTooMuch() {
        SpoolRecord record = Records.of(1, 2, BODY);
        long three = 2 * closedBytes(record) + SEGMENT;
        for (long maxBytes : new long[] {three, three - 1}) {
            StoreFixture spool = open(SpoolOverflow.STOP_SPILLING, maxBytes);
            spool.append(record).id();
            spool.append(record).id();
            assertThat(spool.counters().bytes()).isEqualTo(closedBytes(record) + SEGMENT);

            boolean fits = maxBytes == three;
            String reason = fits ? null : spool.append(record).reason();

            if (fits) {
                spool.append(record).id();
                assertThat(spool.counters().bytes()).isEqualTo(maxBytes);
            } else {
                long used = 2 * closedBytes(record);
                assertThat(reason).isEqualTo("the spool is full, " + used + " bytes of " + maxBytes);
                assertThat(spool.counters().failedEvents()).isEqualTo(2);
            }
            assertThat(spool.counters().bytes()).isEqualTo(spool.disk().usedBytes());
            assertThat(spool.losses.all()).isEmpty();
        }
    }

    @Test
    void shouldGoOnSpillingOnceThereIsRoomAgain() {
        SpoolRecord record = Records.of(1, 2, BODY);
        StoreFixture spool = open(SpoolOverflow.STOP_SPILLING, 2 * SEGMENT);
        long first = spool.append(record).id();
        spool.append(record).id();
        assertThat(spool.append(record).reason()).contains("full");
        assertThat(spool.append(record).reason()).contains("full");

        spool.acknowledge(first);

        spool.append(record).id();
        assertThat(spool.warnings()).singleElement().asString().contains("keeps no more events on disk", "(2 times)");
    }

    @Test
    void shouldDropTheOldestSegmentAndTellItsEvents() {
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        List<SpoolRecord> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            records.add(Records.of(i, 1 + i, 25_000));
            spool.leave(records.get(i));
        }

        // Two records in a segment: the third segment takes the place of the first.
        assertThat(spool.losses.all()).containsExactly(loss(records.get(0)), loss(records.get(1)));
        assertThat(spool.counters().discardedEvents()).isEqualTo(1 + 2);
        assertThat(spool.counters().pendingEvents()).isEqualTo(3 + 4 + 5);
        assertThat(spool.counters().bytes()).isEqualTo(spool.disk().usedBytes()).isLessThanOrEqualTo(2 * SEGMENT);
        assertThat(spool.takeAll(true))
                .isEqualTo(records.subList(2, 5).stream().map(Records::text).toList());
    }

    private static Loss loss(SpoolRecord record) {
        return new Loss(
                record.protocol(),
                Arrays.stream(record.uuids()).boxed().toList(),
                record.count(),
                "the spool was full");
    }

    @Test
    void shouldLeaveRecordsThatSomebodyHasInMemoryToThemWhenTheirSegmentIsDropped() {
        SpoolRecord record = Records.of(1, 3, BODY);
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        long delivered = spool.append(record).id();
        spool.append(record).id();
        spool.append(record).id();
        assertThat(spool.losses.all()).isEmpty();
        spool.acknowledge(delivered);
        spool.release(delivered, 0);
        assertThat(spool.losses.all()).as("it had its verdict").isEmpty();
        assertThat(spool.counters().discardedEvents()).isZero();
    }

    @Test
    void shouldLoseADroppedRecordWhenItIsReleased() {
        SpoolRecord record = Records.of(1, 3, BODY);
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        long dropped = spool.append(record).id();
        spool.append(record).id();
        spool.append(record).id();

        spool.release(dropped, 0);
        spool.release(dropped, 0);

        assertThat(spool.losses.all()).containsExactly(loss(record));
        assertThat(spool.counters().discardedEvents()).isEqualTo(3);
    }

    @Test
    void shouldDropWhatAnEarlierRunHasLeft() {
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        SpoolRecord record = Records.of(1, 3, BODY);
        spool.append(record).id();
        spool.append(record).id();
        spool.reopen();
        assertThat(spool.counters().recovered()).isEqualTo(6);

        spool.append(record).id();
        spool.append(record).id();

        assertThat(spool.losses.events()).isEqualTo(6);
        assertThat(spool.counters().pendingEvents()).isZero();
    }

    @Test
    void shouldKeepWhatItHasWhenTheOldestFileCannotBeDeleted() {
        SpoolRecord record = Records.of(1, 3, BODY);
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        spool.leave(record);
        spool.leave(record);
        spool.disk().fail(FakeDisk.Action.DELETE);

        assertThat(spool.append(record).reason()).contains("full");

        assertThat(spool.losses.all()).isEmpty();
        assertThat(spool.counters().pendingEvents()).isEqualTo(6);
        spool.disk().repair();
        spool.append(record).id();
        assertThat(spool.losses.events()).isEqualTo(3);
    }

    @Test
    void shouldCountWhatIsSetAsideTowardsTheBound() {
        FakeDisk disk = new FakeDisk();
        disk.put(SegmentName.of(1), new byte[2 * SEGMENT]);
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        spool.openOn(disk);
        assertThat(spool.counters().bytes()).isEqualTo(2 * SEGMENT);

        assertThat(spool.append(Records.of(1, 3, 100)).reason())
                .isEqualTo("the spool is full, 131072 bytes of 131072, 131072 of them set aside");
    }

    @Test
    void shouldRefuseARecordThatIsLargerThanTheBound() {
        StoreFixture spool = open(SpoolOverflow.DROP_OLDEST, 2 * SEGMENT);
        spool.leave(Records.of(1, 3, 100));

        assertThat(spool.append(Records.of(2, 3, 2 * SEGMENT)).reason()).contains("full");
        assertThat(spool.losses.all())
                .as("nothing is given up for what cannot be kept anyway")
                .isEmpty();
    }
}
