package dev.penstock.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.TestSeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CaptureRingTest {

    private static final int SLOT = CaptureRing.SLOT_BYTES;
    private static final int MAX_INLINE = CaptureRing.MAX_INLINE_BYTES;
    private static final int SMALL = 60;

    private final List<byte[]> read = new ArrayList<>();
    private final RecordHandler reader = (bytes, offset, length, references, at) -> {
        read.add(Arrays.copyOfRange(bytes, offset, offset + length));
        return true;
    };

    /** A record whose bytes all follow from its tag. */
    private static byte[] record(int length, int tag) {
        byte[] record = new byte[length];
        for (int i = 8; i < length; i++) {
            record[i] = (byte) (tag * 31 + i * 7 + (i >> 8));
        }
        RecordLayout.INTS.set(record, RecordLayout.LENGTH, length);
        RecordLayout.INTS.set(record, 4, tag);
        return record;
    }

    private static int tagOf(byte[] record) {
        return (int) RecordLayout.INTS.get(record, 4);
    }

    private static boolean publish(CaptureRing ring, byte[] record) {
        if (record.length > MAX_INLINE) {
            byte[] copy = ring.tryCopyLarge(record, record.length, false);
            if (copy == null) {
                return false;
            }
            long sequence = ring.tryClaim(1);
            if (sequence == CaptureRing.FULL) {
                ring.releaseLarge(copy);
                return false;
            }
            ring.publishLarge(sequence, copy, null, null, null, 0);
            return true;
        }
        int slots = CaptureRing.slotsFor(record.length);
        long sequence = ring.tryClaim(slots);
        if (sequence == CaptureRing.FULL) {
            return false;
        }
        ring.publish(sequence, slots, record, record.length);
        return true;
    }

    private void assertRead(byte[]... expected) {
        assertThat(read).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(read.get(i)).isEqualTo(expected[i]);
        }
        read.clear();
    }

    @Test
    void shouldTakeAsManySlotsAsTheRecordNeeds() {
        assertThat(CaptureRing.slotsFor(1)).isEqualTo(1);
        assertThat(CaptureRing.slotsFor(SLOT)).isEqualTo(1);
        assertThat(CaptureRing.slotsFor(SLOT + 1)).isEqualTo(2);
        assertThat(CaptureRing.slotsFor(MAX_INLINE)).isEqualTo(64);
        assertThat(CaptureRing.slotsFor(MAX_INLINE + 1)).isEqualTo(1);
    }

    @Test
    void shouldHandOverRecordsInPublishOrder() {
        CaptureRing ring = new CaptureRing(64, 0);
        byte[] first = record(SMALL, 1);
        byte[] second = record(3 * SLOT - 1, 2);
        byte[] third = record(SLOT, 3);
        publish(ring, first);
        publish(ring, second);
        publish(ring, third);

        assertThat(ring.poll(reader, 100)).isEqualTo(3);
        assertRead(first, second, third);
        assertThat(ring.poll(reader, 100)).isZero();
    }

    @Test
    void shouldCarryRecordsOfEveryLengthAcrossTheWrapAtEveryOffset() {
        for (int slots = 1; slots <= 8; slots++) {
            for (int offset = 0; offset < 8; offset++) {
                for (int length : new int[] {slots * SLOT, slots * SLOT - 1, (slots - 1) * SLOT + 9}) {
                    CaptureRing ring = new CaptureRing(8, 0);
                    for (int i = 0; i < offset; i++) {
                        publish(ring, record(SMALL, i));
                        ring.poll(reader, 1);
                    }
                    read.clear();
                    byte[] record = record(length, offset);
                    byte[] next = record(SMALL, 77);
                    assertThat(publish(ring, record)).isTrue();

                    assertThat(ring.poll(reader, 10)).isEqualTo(1);
                    assertRead(record);
                    assertThat(publish(ring, next)).isTrue();
                    assertThat(ring.poll(reader, 10)).isEqualTo(1);
                    assertRead(next);
                }
            }
        }
    }

    @Test
    void shouldStopAtTheLimitAndGoOnWithTheNextRecord() {
        CaptureRing ring = new CaptureRing(64, 0);
        byte[][] records = new byte[7][];
        for (int i = 0; i < 7; i++) {
            records[i] = record(1 + (i % 3) * SLOT + SMALL, i);
            publish(ring, records[i]);
        }

        assertThat(ring.poll(reader, 3)).isEqualTo(3);
        assertRead(records[0], records[1], records[2]);
        assertThat(ring.poll(reader, 1)).isEqualTo(1);
        assertRead(records[3]);
        assertThat(ring.poll(reader, 100)).isEqualTo(3);
        assertRead(records[4], records[5], records[6]);
        assertThat(ring.occupied()).isZero();
    }

    @Test
    void shouldStopAfterTheRecordWhoseHandlerSaysSo() {
        CaptureRing ring = new CaptureRing(64, 1 << 20);
        byte[][] records = {record(SMALL, 1), record(3 * SLOT, 2), record(MAX_INLINE + 5, 3), record(SMALL, 4)};
        for (byte[] record : records) {
            publish(ring, record);
        }
        RecordHandler one = (bytes, offset, length, references, at) -> {
            reader.onRecord(bytes, offset, length, references, at);
            return false;
        };

        for (byte[] record : records) {
            assertThat(ring.poll(one, 100)).isEqualTo(1);
            assertRead(record);
        }
        assertThat(ring.poll(one, 100)).isZero();
        assertThat(ring.occupied()).isZero();
    }

    @Test
    void shouldBeFullUntilSlotsAreRead() {
        CaptureRing ring = new CaptureRing(8, 0);
        for (int i = 0; i < 6; i++) {
            assertThat(publish(ring, record(SMALL, i))).isTrue();
        }
        assertThat(ring.tryClaim(3)).isEqualTo(CaptureRing.FULL);
        assertThat(ring.tryClaim(9)).isEqualTo(CaptureRing.FULL);
        assertThat(publish(ring, record(2 * SLOT, 6))).isTrue();
        assertThat(publish(ring, record(SMALL, 7))).isFalse();
        assertThat(ring.occupied()).isEqualTo(8);

        ring.poll(reader, 1);

        assertThat(ring.occupied()).isEqualTo(7);
        assertThat(publish(ring, record(SMALL, 7))).isTrue();
        assertThat(publish(ring, record(SMALL, 8))).isFalse();
        ring.poll(reader, 100);
        assertThat(read).extracting(CaptureRingTest::tagOf).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void shouldNotReadBeyondAClaimThatIsNotPublished() {
        CaptureRing ring = new CaptureRing(8, 0);
        byte[] first = record(SMALL, 1);
        byte[] second = record(SMALL, 2);
        long claimed = ring.tryClaim(1);
        publish(ring, second);

        assertThat(ring.poll(reader, 10)).isZero();
        assertThat(ring.countPublished()).isZero();
        assertThat(ring.occupied()).isEqualTo(2);

        ring.publish(claimed, 1, first, first.length);
        assertThat(ring.countPublished()).isEqualTo(2);
        assertThat(ring.poll(reader, 10)).isEqualTo(2);
        assertRead(first, second);
    }

    @Test
    void shouldSkipWhatWasPublishedEmpty() {
        for (int slots = 1; slots <= 7; slots++) {
            for (int offset = 0; offset < 8; offset++) {
                CaptureRing ring = new CaptureRing(8, 0);
                for (int i = 0; i < offset; i++) {
                    publish(ring, record(SMALL, i));
                    ring.poll(reader, 1);
                }
                read.clear();
                ring.publishSkipped(ring.tryClaim(slots), slots);
                byte[] after = record(SMALL, 9);
                publish(ring, after);

                assertThat(ring.countPublished()).isEqualTo(1);
                assertThat(ring.poll(reader, 1)).isEqualTo(1);
                assertRead(after);
                assertThat(ring.occupied()).isZero();
            }
        }
    }

    @Test
    void shouldKeepLargeRecordsInTheArenaUntilTheyAreRead() {
        CaptureRing ring = new CaptureRing(8, 3 * MAX_INLINE);
        byte[] large = record(MAX_INLINE + 1, 1);
        assertThat(publish(ring, large)).isTrue();
        assertThat(ring.occupied()).isEqualTo(1);
        assertThat(ring.arenaBytes()).isEqualTo(large.length);
        byte[] larger = record(2 * MAX_INLINE - 1, 2);
        assertThat(publish(ring, larger)).isTrue();
        assertThat(ring.arenaBytes()).isEqualTo(3L * MAX_INLINE);
        assertThat(ring.tryCopyLarge(large, MAX_INLINE + 1, false)).isNull();

        assertThat(ring.poll(reader, 1)).isEqualTo(1);
        assertThat(ring.arenaBytes()).isEqualTo(larger.length);
        assertThat(ring.poll(reader, 1)).isEqualTo(1);
        assertRead(large, larger);
        assertThat(ring.arenaBytes()).isZero();
    }

    @Test
    void shouldTakeBackALargeRecordThatFoundNoSlot() {
        CaptureRing ring = new CaptureRing(1, 1 << 20);
        assertThat(publish(ring, record(SMALL, 1))).isTrue();

        assertThat(publish(ring, record(MAX_INLINE + 1, 2))).isFalse();

        assertThat(ring.arenaBytes()).isZero();
    }

    @Test
    void shouldReuseASlotOfALargeRecordForASmallOne() {
        CaptureRing ring = new CaptureRing(1, 1 << 20);
        for (int i = 0; i < 10; i++) {
            byte[] record = record(i % 2 == 0 ? MAX_INLINE + 1 : SMALL, i);
            assertThat(publish(ring, record)).isTrue();
            assertThat(ring.poll(reader, 10)).isEqualTo(1);
            assertRead(record);
        }
    }

    @Test
    void shouldHandOverSnapshotsAndForgetThemAfterwards() {
        List<Object> seen = new ArrayList<>();
        List<Object[]> cells = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        RecordHandler handler = (bytes, offset, length, references, at) -> {
            reader.onRecord(bytes, offset, length, references, at);
            places.add(at);
            if (at >= 0) {
                seen.addAll(Arrays.asList(references[at], references[at + 1], references[at + 2]));
                cells.add(references);
            }
            return true;
        };
        // A multi-slot record begins at every place, the wrap included.
        CaptureRing ring = new CaptureRing(8, 0);
        for (int i = 0; i < 16; i++) {
            byte[] record = record(2 * SLOT + 1, i);
            byte[] plain = record.clone();
            long last = ring.tryClaim(3);
            ring.publishWithSnapshots(last, 3, record, record.length, "super " + i, null, "flags " + i, 0);
            assertThat(ring.countPublished()).isEqualTo(1);

            assertThat(ring.poll(handler, 10)).isEqualTo(1);

            assertThat(seen).containsExactly("super " + i, null, "flags " + i);
            Object[] references = cells.get(0);
            assertThat(Arrays.asList(references)).containsOnlyNulls();
            assertThat(Arrays.copyOfRange(read.get(0), 4, plain.length))
                    .isEqualTo(Arrays.copyOfRange(plain, 4, plain.length));
            seen.clear();
            cells.clear();
            read.clear();
        }
        publish(ring, record(SMALL, 1));
        ring.poll(handler, 10);
        assertThat(places.get(16)).isEqualTo(-1);
    }

    @Test
    void shouldCountRecordsNotSlots() {
        CaptureRing ring = new CaptureRing(128, 1 << 20);
        assertThat(ring.countPublished()).isZero();
        publish(ring, record(SMALL, 1));
        publish(ring, record(5 * SLOT, 2));
        ring.publishSkipped(ring.tryClaim(4), 4);
        publish(ring, record(MAX_INLINE + 1, 3));
        publish(ring, record(MAX_INLINE, 4));
        assertThat(ring.countPublished()).isEqualTo(4);
        assertThat(ring.occupied()).isEqualTo(1 + 5 + 4 + 1 + 64);

        ring.poll(reader, 2);
        assertThat(ring.countPublished()).isEqualTo(2);
        ring.poll(reader, 100);
        assertThat(ring.countPublished()).isZero();
        assertThat(ring.occupied()).isZero();
        assertThat(ring.consumedPosition()).isEqualTo(ring.claimedPosition());
    }

    @Test
    void shouldHandOverNothingWhenNothingIsAskedFor() {
        CaptureRing ring = new CaptureRing(8, 0);
        publish(ring, record(SMALL, 1));

        assertThat(ring.poll(reader, 0)).isZero();
        assertThat(ring.countPublished()).isEqualTo(1);
    }

    @Test
    void shouldHandOverEveryRecordOnceIntactAndInOrderOfItsProducer() {
        int producers = 4;
        int perProducer = 40_000;
        TestSeed.run(random -> {
            CaptureRing ring = new CaptureRing(256, 200_000);
            List<Thread> threads = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                int producer = p;
                SplittableRandom own = random.split();
                threads.add(new Thread(() -> produce(ring, own, producer, perProducer), "producer-" + p));
            }
            int[] next = new int[producers];
            AtomicInteger damaged = new AtomicInteger();
            RecordHandler handler = (bytes, offset, length, references, at) -> {
                byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
                int tag = tagOf(copy);
                int producer = tag >>> 24;
                byte[] expected = record(length, tag);
                // The ring's own byte.
                expected[3] = copy[3];
                if (producer >= producers || (tag & 0xFF_FFFF) != next[producer]++ || !Arrays.equals(copy, expected)) {
                    damaged.incrementAndGet();
                }
                return (tag & 15) != 0;
            };
            threads.forEach(Thread::start);
            long total = 0;
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (total < (long) producers * perProducer && System.nanoTime() - deadline < 0) {
                int polled = ring.poll(handler, 64);
                total += polled;
                if (polled == 0) {
                    Thread.onSpinWait();
                }
            }
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(5_000);
            }
            assertThat(total).isEqualTo((long) producers * perProducer);
            assertThat(damaged.get()).isZero();
            assertThat(next).containsOnly(perProducer);
            assertThat(ring.poll(handler, 10)).isZero();
            assertThat(ring.occupied()).isZero();
            assertThat(ring.arenaBytes()).isZero();
        });
    }

    /** Ends early when interrupted, so that a failed test leaves no thread behind. */
    private static void produce(CaptureRing ring, SplittableRandom random, int producer, int count) {
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(100);
            int length = kind < 90
                    ? random.nextInt(12, 600)
                    : kind < 99 ? random.nextInt(600, MAX_INLINE + 1) : random.nextInt(MAX_INLINE + 1, 30_000);
            byte[] record = record(length, producer << 24 | i);
            if (random.nextInt(50) == 0) {
                long skipped = ring.tryClaim(2);
                if (skipped != CaptureRing.FULL) {
                    ring.publishSkipped(skipped, 2);
                }
            }
            while (!publish(ring, record)) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                LockSupport.parkNanos(1_000);
            }
        }
    }

    @Test
    void shouldPublishAnEmptySlotWhenTheCopyFails() {
        CaptureRing ring = new CaptureRing(64, 0);
        long sequence = ring.tryClaim(1);

        // What a caller does that goes on using a builder after its end: the array is shorter than it was.
        assertThat(ring.publish(sequence, 1, new byte[8], 200)).isFalse();

        assertThat(ring.poll((bytes, offset, length, references, at) -> true, 10))
                .isZero();
        assertThat(ring.consumedPosition()).isEqualTo(ring.claimedPosition());
        assertThat(ring.countPublished()).isZero();
    }

    @Test
    void shouldKeepASixteenthOnlyFrom1024SlotsOn() {
        assertThat(new CaptureRing(512, 0).reserve()).isZero();
        assertThat(new CaptureRing(1_024, 0).reserve()).isEqualTo(64);
        assertThat(new CaptureRing(65_536, 0).reserve()).isEqualTo(4_096);
        assertThat(CaptureRing.withoutReserve(1_024, 0).reserve()).isZero();
    }

    @Test
    void shouldLeaveExactlyTheReserveToOthers() {
        CaptureRing ring = new CaptureRing(1_024, 0);
        int kept = ring.reserve();
        for (int i = 0; i < 1_024 - kept - 2; i++) {
            assertThat(ring.tryClaim(1, kept)).isEqualTo(i);
        }

        assertThat(ring.remaining()).isEqualTo(2);
        assertThat(ring.tryClaim(3, kept)).isEqualTo(CaptureRing.FULL);
        assertThat(ring.tryClaim(2, kept)).isNotEqualTo(CaptureRing.FULL);
        assertThat(ring.remaining()).isZero();
        assertThat(ring.tryClaim(1, kept)).isEqualTo(CaptureRing.FULL);
        assertThat(ring.tryClaim(kept, 0)).isEqualTo(1_023);
        assertThat(ring.tryClaim(1, 0)).isEqualTo(CaptureRing.FULL);
        assertThat(ring.remaining()).isZero();
    }

    @Test
    void shouldHaveRoomForPlainClaimsOnlyWhenTheReserveIsFreeAgain() {
        CaptureRing ring = new CaptureRing(1_024, 0);
        int kept = ring.reserve();
        for (int i = 0; i < 1_024; i++) {
            assertThat(publish(ring, record(SMALL, i))).isTrue();
        }

        assertThat(ring.poll(reader, kept)).isEqualTo(kept);
        assertThat(ring.tryClaim(1, kept)).isEqualTo(CaptureRing.FULL);
        assertThat(ring.poll(reader, 1)).isEqualTo(1);
        assertThat(ring.tryClaim(1, kept)).isEqualTo(1_024);
    }

    @Test
    void shouldKeepASixteenthOfTheArena() {
        CaptureRing ring = new CaptureRing(1_024, 1_600);

        assertThat(ring.tryReserve(1_501, false)).isFalse();
        assertThat(ring.tryReserve(1_500, false)).isTrue();
        assertThat(ring.tryReserve(1, false)).isFalse();
        assertThat(ring.tryReserve(101, true)).isFalse();
        assertThat(ring.tryReserve(100, true)).isTrue();
        assertThat(ring.tryReserve(1, true)).isFalse();
        assertThat(CaptureRing.withoutReserve(1_024, 1_600).tryReserve(1_600, false))
                .isTrue();
        assertThat(new CaptureRing(512, 1_600).tryReserve(1_600, false)).isTrue();
    }
}
