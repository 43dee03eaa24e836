package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.ring.RecordHandler;
import dev.penstock.engine.stats.ResultCounters;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPublisherTest {

    private static final int SLOTS = 8;
    private static final int LARGE = CaptureRing.MAX_INLINE_BYTES + 1;
    private static final RecordHandler IGNORE = (bytes, offset, length, references, at) -> true;

    private final CaptureRing ring = new CaptureRing(SLOTS, 2 * LARGE);
    private final ResultCounters counters = new ResultCounters(2);
    private final CaptureGate gate = new CaptureGate(false, false);

    private EventPublisher publisher(OverflowPolicy policy, Duration wait, boolean onOwnThread) {
        return new EventPublisher(new CaptureRing[] {ring}, counters, policy, wait.toNanos(), () -> onOwnThread, gate);
    }

    private EventPublisher dropping() {
        return publisher(OverflowPolicy.DROP_NEWEST, Duration.ofDays(1), false);
    }

    private static byte[] record(int length) {
        byte[] record = new byte[length];
        RecordLayout.INTS.set(record, RecordLayout.LENGTH, length);
        return record;
    }

    private CaptureResult publish(EventPublisher publisher, int length) {
        return publisher.publish(record(length), length, null, EventKind.CAPTURE, true, 1);
    }

    private void fill(EventPublisher publisher) {
        for (int i = 0; i < SLOTS; i++) {
            assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.ACCEPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, LARGE})
    void shouldAnswerAFullRingAndCountIt(int length) {
        EventPublisher publisher = dropping();
        fill(publisher);

        assertThat(publish(publisher, length)).isEqualTo(CaptureResult.RING_FULL);

        assertThat(counters.count(CaptureResult.RING_FULL)).isEqualTo(1);
        assertThat(counters.count(CaptureResult.ACCEPTED)).isEqualTo(SLOTS);
        assertThat(ring.countPublished()).isEqualTo(SLOTS);
        assertThat(ring.arenaBytes()).isZero();
    }

    @Test
    void shouldAnswerAFullArenaAndCountIt() {
        EventPublisher publisher = dropping();
        assertThat(publish(publisher, LARGE)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(publish(publisher, LARGE)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(publish(publisher, LARGE)).isEqualTo(CaptureResult.RING_FULL);
        assertThat(ring.poll(IGNORE, 1)).isEqualTo(1);
        assertThat(publish(publisher, LARGE)).isEqualTo(CaptureResult.ACCEPTED);

        assertThat(counters.count(CaptureResult.RING_FULL)).isEqualTo(1);
        assertThat(counters.count(CaptureResult.ACCEPTED)).isEqualTo(3);
    }

    @Test
    void shouldWaitNoLongerThanItsBound() {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofMillis(30), false);
        fill(publisher);

        long start = System.nanoTime();
        assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.RING_FULL);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);

        assertThat(waited).isBetween(Duration.ofMillis(30), Duration.ofSeconds(5));
        assertThat(counters.count(CaptureResult.RING_FULL)).isEqualTo(1);
    }

    @Test
    void shouldPublishAsSoonAsThereIsRoom() throws InterruptedException {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofSeconds(30), false);
        fill(publisher);
        CaptureResult[] answer = new CaptureResult[1];
        Thread waiting = new Thread(() -> answer[0] = publish(publisher, 100));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
            Thread.onSpinWait();
        }

        ring.poll(IGNORE, 1);
        waiting.join(20_000);

        assertThat(answer[0]).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(counters.count(CaptureResult.RING_FULL)).isZero();
        assertThat(counters.count(CaptureResult.ACCEPTED)).isEqualTo(SLOTS + 1);
    }

    @Test
    void shouldWaitAndRestoreTheInterruptWhenInterrupted() {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofMillis(20), false);
        fill(publisher);

        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        CaptureResult answer = publish(publisher, 100);
        long waited = System.nanoTime() - start;

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo(CaptureResult.RING_FULL);
        assertThat(waited).isGreaterThanOrEqualTo(20_000_000L);
    }

    @Test
    void shouldNotSetAnInterruptThatNobodySent() {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofMillis(1), false);
        fill(publisher);
        publish(publisher, 100);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void shouldNotWaitOnAThreadOfTheEngine() {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofSeconds(60), true);
        fill(publisher);

        long start = System.nanoTime();
        assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.RING_FULL);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_500, LARGE})
    void shouldPublishAnEmptySlotWhenItFindsItselfClosedAfterTheClaim(int length) {
        EventPublisher publisher = dropping();
        gate.close();

        // The first look at the refusal is the builder's; this begins with the claim.
        assertThat(publish(publisher, length)).isEqualTo(CaptureResult.CLOSED);

        assertThat(ring.claimedPosition()).isGreaterThanOrEqualTo(0);
        assertThat(ring.countPublished()).isZero();
        assertThat(ring.poll(IGNORE, 10)).isZero();
        assertThat(ring.consumedPosition()).isEqualTo(ring.claimedPosition());
        assertThat(ring.arenaBytes()).isZero();
        assertThat(counters.count(CaptureResult.CLOSED)).isEqualTo(1);
        assertThat(counters.count(CaptureResult.ACCEPTED)).isZero();
    }

    @Test
    void shouldAnswerClosedWhenNobodyReadsTheFullRingAnyMore() {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofSeconds(60), false);
        fill(publisher);
        gate.close();

        assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.CLOSED);
        assertThat(publish(publisher, LARGE)).isEqualTo(CaptureResult.CLOSED);
        assertThat(counters.count(CaptureResult.RING_FULL)).isZero();
        assertThat(counters.count(CaptureResult.CLOSED)).isEqualTo(2);
    }

    @Test
    void shouldStopWaitingWhenItIsClosed() throws InterruptedException {
        EventPublisher publisher = publisher(OverflowPolicy.WAIT, Duration.ofSeconds(60), false);
        fill(publisher);
        CaptureResult[] answer = new CaptureResult[1];
        Thread waiting = new Thread(() -> answer[0] = publish(publisher, 100));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
            Thread.onSpinWait();
        }

        gate.close();
        waiting.join(20_000);

        assertThat(answer[0]).isEqualTo(CaptureResult.CLOSED);
    }

    @Test
    void shouldKeepAThreadOnOneLane() {
        CaptureRing[] lanes = {
            new CaptureRing(64, 0), new CaptureRing(64, 0), new CaptureRing(64, 0), new CaptureRing(64, 0)
        };
        EventPublisher publisher =
                new EventPublisher(lanes, counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);
        for (int i = 0; i < 64; i++) {
            assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.ACCEPTED);
        }

        assertThat(publish(publisher, 100)).isEqualTo(CaptureResult.RING_FULL);
        assertThat(lanes).extracting(CaptureRing::occupied).containsExactlyInAnyOrder(64L, 0L, 0L, 0L);
    }

    @Test
    void shouldCountAnEventWhoseCopyFailsAsAcceptedAndUnpublished() {
        ResultCounters counts = new ResultCounters(1);
        CaptureRing ring = new CaptureRing(64, 0);
        EventPublisher publisher =
                new EventPublisher(new CaptureRing[] {ring}, counts, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);

        assertThat(publisher.publish(new byte[8], 200, null, EventKind.CAPTURE, true, 0))
                .isEqualTo(CaptureResult.ACCEPTED);

        assertThat(counts.count(CaptureResult.ACCEPTED)).isEqualTo(1);
        assertThat(counts.unpublished()).isEqualTo(1);
        assertThat(ring.countPublished()).isZero();
    }

    /** A ring that plain events have filled up to its reserve, of 64 slots and 16 KiB. */
    private final class Reserving {

        final CaptureRing lane = new CaptureRing(1_024, 16L * LARGE);
        final EventPublisher publisher;

        Reserving(OverflowPolicy policy, Duration wait) {
            publisher =
                    new EventPublisher(new CaptureRing[] {lane}, counters, policy, wait.toNanos(), () -> false, gate);
            for (int i = 0; i < 960; i++) {
                assertThat(publish(EventKind.CAPTURE, 100)).isEqualTo(CaptureResult.ACCEPTED);
            }
        }

        CaptureResult publish(EventKind kind, int length) {
            return publisher.publish(record(length), length, null, kind, true, 0);
        }
    }

    @Test
    void shouldLeaveTheReserveToEventsWithPriority() {
        Reserving full = new Reserving(OverflowPolicy.DROP_NEWEST, Duration.ofDays(1));

        assertThat(full.publish(EventKind.CAPTURE, 100)).isEqualTo(CaptureResult.RING_FULL);
        for (int i = 0; i < 63; i++) {
            assertThat(full.publish(EventKind.IDENTIFY, 100)).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(full.publish(EventKind.CAPTURE, 100)).isEqualTo(CaptureResult.RING_FULL);
        }
        assertThat(full.publish(EventKind.EXCEPTION, LARGE)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(full.publish(EventKind.IDENTIFY, 100)).isEqualTo(CaptureResult.RING_FULL);

        assertThat(counters.count(CaptureResult.ACCEPTED)).isEqualTo(1_024);
        assertThat(counters.count(CaptureResult.RING_FULL)).isEqualTo(65);
        assertThat(full.lane.countPublished()).isEqualTo(1_024);
    }

    @Test
    void shouldReadInPublishOrderWhateverHasPriority() {
        Reserving full = new Reserving(OverflowPolicy.DROP_NEWEST, Duration.ofDays(1));
        full.publish(EventKind.IDENTIFY, 101);
        int[] read = new int[2];

        full.lane.poll(
                (bytes, offset, length, references, at) -> {
                    assertThat(length == 101).isEqualTo(read[0] == 960);
                    read[length == 101 ? 1 : 0]++;
                    return true;
                },
                10_000);

        assertThat(read).containsExactly(960, 1);
    }

    @Test
    void shouldLeaveTheReserveOfTheArenaToEventsWithPriority() {
        CaptureRing lane = new CaptureRing(1_024, 16L * LARGE);
        EventPublisher publisher = new EventPublisher(
                new CaptureRing[] {lane}, counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);
        for (int i = 0; i < 15; i++) {
            assertThat(publisher.publish(record(LARGE), LARGE, null, EventKind.CAPTURE, true, 0))
                    .isEqualTo(CaptureResult.ACCEPTED);
        }

        assertThat(publisher.publish(record(LARGE), LARGE, null, EventKind.MESSAGE_TRACK, true, 0))
                .isEqualTo(CaptureResult.RING_FULL);
        assertThat(publisher.publish(record(LARGE), LARGE, null, EventKind.EXCEPTION, true, 0))
                .isEqualTo(CaptureResult.ACCEPTED);
        assertThat(publisher.publish(record(LARGE), LARGE, null, EventKind.EXCEPTION, true, 0))
                .isEqualTo(CaptureResult.RING_FULL);
    }

    @Test
    void shouldNotHaveEventsWithPriorityWaitForTheReserve() throws InterruptedException {
        Reserving full = new Reserving(OverflowPolicy.WAIT, Duration.ofSeconds(60));
        CaptureResult[] answer = new CaptureResult[1];
        Thread plain = new Thread(() -> answer[0] = full.publish(EventKind.CAPTURE, 100));
        plain.start();
        while (plain.getState() != Thread.State.TIMED_WAITING && plain.isAlive()) {
            Thread.onSpinWait();
        }

        for (int i = 0; i < 64; i++) {
            assertThat(full.publish(EventKind.GROUP_IDENTIFY, 100)).isEqualTo(CaptureResult.ACCEPTED);
        }
        assertThat(plain.isAlive()).isTrue();
        full.lane.poll(IGNORE, 65);
        plain.join(20_000);

        assertThat(answer[0]).isEqualTo(CaptureResult.ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void shouldGivePriorityToWhatOthersCannotBeReadWithout(EventKind kind) {
        boolean expected = switch (kind) {
            case IDENTIFY, ALIAS, GROUP_IDENTIFY, EXCEPTION -> true;
            case MESSAGE_IDENTIFY, MESSAGE_ALIAS, MESSAGE_GROUP -> true;
            default -> false;
        };

        assertThat(kind.hasPriority()).isEqualTo(expected);
    }

    @Test
    void shouldSayWhatPlainEventsOfTheThreadMayStillTake() {
        Reserving lane = new Reserving(OverflowPolicy.DROP_NEWEST, Duration.ofDays(1));
        assertThat(lane.publisher.remainingCapacity()).isZero();
        lane.publish(EventKind.IDENTIFY, 100);
        assertThat(lane.publisher.remainingCapacity()).isZero();

        lane.lane.poll(IGNORE, 11);
        assertThat(lane.publisher.remainingCapacity()).isEqualTo(10);
        lane.publish(EventKind.CAPTURE, 3 * CaptureRing.SLOT_BYTES);
        assertThat(lane.publisher.remainingCapacity()).isEqualTo(7);
        gate.close();
        assertThat(lane.publisher.remainingCapacity()).isZero();
    }

    @Test
    void shouldSayOfItsOwnLaneOnly() {
        CaptureRing[] lanes = {new CaptureRing(64, 0), new CaptureRing(64, 0)};
        EventPublisher publisher =
                new EventPublisher(lanes, counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);
        publish(publisher, 100);

        assertThat(publisher.remainingCapacity()).isEqualTo(63);
    }

    @Test
    void shouldHaveNoCapacityWithoutLanes() {
        EventPublisher publisher = new EventPublisher(
                new CaptureRing[0], counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, new CaptureGate(true, false));

        assertThat(publisher.remainingCapacity()).isZero();
    }
}
