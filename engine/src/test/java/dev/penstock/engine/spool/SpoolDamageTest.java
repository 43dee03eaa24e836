package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.spool.Sinks.Loss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpoolDamageTest {

    private static final String FIRST = SegmentName.of(1);

    private final List<SpoolRecord> records = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private StoreFixture spool;

    @BeforeEach
    void open() {
        spool = new StoreFixture(SpoolFixture.settings(Path.of("fake")).build());
        for (int i = 0; i < 4; i++) {
            records.add(Records.of(i + 5, 2 + i, 40 + 13 * i));
            texts.add(Records.text(records.get(i)));
        }
    }

    private static int end(List<SpoolRecord> frames) {
        return SegmentHeader.BYTES
                + frames.stream()
                        .mapToInt(record -> (int) FrameHead.frameBytes(record))
                        .sum();
    }

    /** A segment with all records, as the disk has it while it is written. */
    private byte[] active() {
        records.forEach(spool::append);
        byte[] bytes = spool.disk().content().get(FIRST);
        assertThat(bytes).hasSize(64 * 1024);
        return bytes;
    }

    /** The same, as it is after a close. */
    private byte[] closed() {
        records.forEach(spool::append);
        spool.close();
        byte[] bytes = spool.disk().content().get(FIRST);
        assertThat(bytes).hasSize(end(records));
        return bytes;
    }

    private void openOn(byte[] segment) {
        FakeDisk disk = new FakeDisk();
        disk.put(FIRST, segment);
        spool.openOn(disk);
    }

    private static int contentBytes(byte[] bytes, int from) {
        int end = bytes.length;
        while (end > from && bytes[end - 1] == 0) {
            end--;
        }
        return end - from;
    }

    @Test
    void shouldRecoverAllEarlierRecordsWhereverTheLastOneIsTorn() {
        byte[] whole = active();
        int last = end(records.subList(0, 3));
        for (int cut = last; cut < end(records); cut++) {
            checkTorn(Arrays.copyOf(whole, cut), last);
            byte[] zeroed = whole.clone();
            Arrays.fill(zeroed, cut, zeroed.length, (byte) 0);
            checkTorn(zeroed, last);
        }
    }

    private void checkTorn(byte[] torn, int last) {
        int tornBytes = contentBytes(torn, last);
        openOn(torn);
        assertThat(spool.counters().tornBytes()).isEqualTo(tornBytes);
        assertThat(spool.counters().recovered()).isEqualTo(2 + 3 + 4);
        assertThat(spool.counters().damagedRecords()).isZero();
        assertThat(spool.losses.all()).isEmpty();
        assertThat(spool.counters().filesSetAside()).isZero();
        spool.open();
        assertThat(spool.counters().tornBytes()).as("after the cut").isZero();
        assertThat(spool.takeAll(true)).isEqualTo(texts.subList(0, 3));
        assertThat(spool.disk().content()).isEmpty();
    }

    @Test
    void shouldSayThatATailWasCut() {
        byte[] whole = active();
        openOn(Arrays.copyOf(whole, end(records) - 1));

        assertThat(spool.warnings()).singleElement().asString().contains("are an incomplete record", FIRST, "cut");
    }

    @Test
    void shouldNeverGiveOutAWrongRecordWhateverBitIsFlipped() {
        byte[] whole = closed();
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            checkFlipped(damaged, at);
        }
    }

    private void checkFlipped(byte[] damaged, int at) {
        spool.losses.all().clear();
        openOn(damaged);
        SpoolCounters counters = spool.counters();
        List<String> taken = spool.takeAll(true);

        assertThat(texts).as("flipped at %d", at).containsAll(taken);
        assertThat(taken).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> texts.indexOf(a) - texts.indexOf(b));
        boolean said = counters.tornBytes() > 0 || counters.damagedRecords() > 0 || counters.filesSetAside() > 0;
        assertThat(said || taken.size() == 4).as("accounted for at %d", at).isTrue();
        assertThat(counters.recovered() - counters.discardedEvents())
                .as("recovered and not lost at %d", at)
                .isEqualTo(events(taken));
        assertThat(spool.losses.events()).isEqualTo((int) counters.discardedEvents());
        if (at < SegmentHeader.BYTES) {
            assertThat(taken).as("a damaged header costs no record").hasSize(4);
        }
        assertThat(spool.disk().content()).isEmpty();
    }

    private long events(List<String> taken) {
        return taken.stream()
                .mapToLong(text -> records.get(texts.indexOf(text)).count())
                .sum();
    }

    @Test
    void shouldLoseOneRecordByNameWhenItsBodyIsDamaged() {
        byte[] damaged = closed();
        damaged[end(records.subList(0, 2)) - 1] ^= 4;
        openOn(damaged);

        SpoolCounters counters = spool.counters();
        assertThat(counters.recovered()).isEqualTo(2 + 3 + 4 + 5);
        assertThat(counters.damagedRecords()).isEqualTo(1);
        assertThat(counters.discardedEvents()).isEqualTo(3);
        assertThat(counters.pendingEvents()).isEqualTo(2 + 4 + 5);
        List<Long> uuids = Arrays.stream(records.get(1).uuids()).boxed().toList();
        assertThat(spool.losses.all())
                .containsExactly(new Loss(records.get(1).protocol(), uuids, 3, "it was damaged on disk"));
        assertThat(spool.disk().content()).containsKey(FIRST);

        assertThat(spool.takeAll(true)).containsExactly(texts.get(0), texts.get(2), texts.get(3));
        assertThat(spool.disk().content()).isEmpty();
        assertThat(spool.disk().namesSetAside()).hasSize(1);
        assertThat(counters.filesSetAside()).isEqualTo(1);
        assertThat(counters.bytes()).isEqualTo(damaged.length);
    }

    @Test
    void shouldCountADamagedRecordOnceOverRestarts() {
        byte[] damaged = closed();
        damaged[end(records.subList(0, 2)) - 1] ^= 4;
        openOn(damaged);

        spool.reopen();

        assertThat(spool.counters().recovered()).isEqualTo(2 + 4 + 5);
        assertThat(spool.counters().damagedRecords()).isZero();
        assertThat(spool.losses.all()).hasSize(1);
        assertThat(spool.takeAll(true)).hasSize(3);
        assertThat(spool.disk().namesSetAside()).as("still kept").hasSize(1);
    }

    @Test
    void shouldLoseARecordWithoutNamesWhenItsUuidsAreDamaged() {
        byte[] damaged = closed();
        damaged[end(records.subList(0, 1)) + FrameHead.BYTES + 2] ^= 4;
        openOn(damaged);

        assertThat(spool.losses.all()).containsExactly(new Loss(null, null, 3, "it was damaged on disk"));
    }

    @Test
    void shouldKeepWhatFollowsADamagedHeadOutOfTheWay() {
        byte[] damaged = closed();
        damaged[end(records.subList(0, 2)) + 20] ^= 4;
        openOn(damaged);

        assertThat(spool.takeAll(true)).isEqualTo(texts.subList(0, 2));
        assertThat(spool.counters().tornBytes()).isEqualTo(contentBytes(damaged, end(records.subList(0, 2))));
        assertThat(spool.disk().namesSetAside()).hasSize(1);
        assertThat(spool.disk().bytesSetAside()).as("not cut").isEqualTo(damaged.length);
    }

    @Test
    void shouldNotCutAnOlderFileButSetItAside() {
        byte[] damaged = Arrays.copyOf(closed(), end(records) - 5);
        FakeDisk disk = new FakeDisk();
        disk.put(FIRST, damaged);
        StoreFixture other =
                new StoreFixture(SpoolFixture.settings(Path.of("fake")).build());
        other.append(records.get(0));
        FakeDisk two = other.disk().afterKill();
        byte[] second = two.content().get(FIRST);
        SegmentHeaderPatch.renumber(second, 2);
        disk.put(SegmentName.of(2), Arrays.copyOf(second, SegmentHeader.BYTES));
        spool.openOn(disk);

        assertThat(spool.takeAll(true)).isEqualTo(texts.subList(0, 3));
        assertThat(spool.counters().tornBytes()).isPositive();
        assertThat(disk.namesSetAside()).hasSize(1);
        assertThat(disk.bytesSetAside()).isEqualTo(damaged.length);
    }

    @Test
    void shouldSetAsideAtOnceWhatIsNoSegment() {
        byte[] good = closed();
        byte[] newer = good.clone();
        SegmentHeaderPatch.setVersion(newer, SegmentHeader.VERSION + 1);
        FakeDisk disk = new FakeDisk();
        disk.put(FIRST, good);
        disk.put(SegmentName.of(2), new byte[0]);
        disk.put(SegmentName.of(3), "garbage".getBytes(StandardCharsets.UTF_8));
        disk.put(SegmentName.of(4), new byte[100_000]);
        disk.put(SegmentName.of(5), newer);
        disk.put(SegmentName.of(6), good);
        disk.put("spool-9999999999.segment", good);
        spool.openOn(disk);

        assertThat(disk.content()).containsOnlyKeys(FIRST);
        assertThat(disk.namesSetAside()).hasSize(6);
        assertThat(spool.counters().filesSetAside()).isEqualTo(6);
        assertThat(spool.counters().bytes()).isEqualTo(disk.usedBytes());
        assertThat(spool.takeAll(true)).isEqualTo(texts);
        assertThat(spool.warnings()).singleElement().asString().contains("has set aside a file", "(6 times)");
    }

    @Test
    void shouldNotReplaceAFileThatCannotBeSetAside() {
        byte[] good = closed();
        byte[] newer = good.clone();
        SegmentHeaderPatch.setVersion(newer, SegmentHeader.VERSION + 1);
        byte[] torn = Arrays.copyOf(good, good.length - 1);
        FakeDisk disk = new FakeDisk();
        disk.put(FIRST, torn);
        disk.put(SegmentName.of(2), newer);
        disk.put(SegmentName.of(3), "garbage".getBytes(StandardCharsets.UTF_8));
        disk.fail(FakeDisk.Action.SET_ASIDE);
        spool.openOn(disk);
        spool.append(records.get(0)).id();

        assertThat(disk.content()).containsOnlyKeys(FIRST, SegmentName.of(2), SegmentName.of(3), SegmentName.of(4));
        assertThat(disk.content().get(SegmentName.of(2))).isEqualTo(newer);
        assertThat(disk.content().get(SegmentName.of(3)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("garbage");
        assertThat(spool.counters().tornBytes())
                .as("the newest segment's tail is cut")
                .isPositive();
        assertThat(spool.counters().filesSetAside()).isZero();
        assertThat(spool.warnings())
                .anyMatch(line -> line.contains("cannot set aside " + SegmentName.of(3)) && line.contains("(2 times)"));
    }

    @Test
    void shouldLeaveForeignFilesAloneAndSayItOnce() {
        FakeDisk disk = new FakeDisk();
        for (String name : List.of("notes.txt", "spool-1.segment", "a\nb", "spool.lock", "set-aside")) {
            disk.put(name, new byte[] {1});
        }
        spool.openOn(disk);

        assertThat(disk.content().keySet())
                .containsExactlyInAnyOrder("notes.txt", "spool-1.segment", "a\nb", "spool.lock", "set-aside");
        assertThat(spool.warnings())
                .singleElement()
                .asString()
                .endsWith("holds 3 files that are not the spool's, and leaves them alone: a?b, notes.txt,"
                        + " spool-1.segment");
        assertThat(spool.counters().bytes()).isZero();
    }

    @Test
    void shouldDeleteWhatACrashLeftHalfMade() {
        FakeDisk disk = new FakeDisk();
        disk.put(SegmentName.halfMade(7), new byte[1000]);
        spool.openOn(disk);

        assertThat(disk.content()).isEmpty();
        assertThat(disk.namesSetAside()).isEmpty();
        assertThat(spool.append(records.get(0)).id()).isPositive();
    }

    @Test
    void shouldAccountForRecordsDamagedAfterTheyWereFound() {
        byte[] bytes = closed();
        openOn(bytes);
        bytes[end(records.subList(0, 1)) - 1] ^= 1;
        bytes[end(records.subList(0, 3)) - 1] ^= 1;
        spool.disk().put(FIRST, bytes);
        // The file is read through a handle of its own, which a change of names does not reach.
        spool.store().close();
        openOn(bytes);
        assertThat(spool.losses.all()).hasSize(2);
        assertThat(spool.takeAll(true)).containsExactly(texts.get(1), texts.get(3));
        assertThat(spool.counters().pendingEvents()).isZero();
        assertThat(spool.counters().records()).isZero();
    }

    @Test
    void shouldLoseWithACountWhatSomebodyHasTakenAway() throws Exception {
        openOn(closed());
        spool.close();
        spool.open();
        spool.disk().delete(FIRST);
        spool.store().close();

        assertThat(spool.counters().records()).isEqualTo(4);
        assertThat(spool.take().record()).isNull();
        assertThat(spool.losses.events()).isEqualTo(2 + 3 + 4 + 5);
        assertThat(spool.counters().records()).isZero();
        assertThat(spool.counters().pendingEvents()).isZero();
        assertThat(spool.warnings()).anyMatch(line -> line.contains("which somebody has taken away"));
    }

    @Test
    void shouldTryAgainToReadWhatCannotBeReadNow() {
        openOn(closed());
        spool.disk().fail(FakeDisk.Action.READ);
        assertThat(spool.take().record()).isNull();
        assertThat(spool.losses.all()).isEmpty();
        assertThat(spool.counters().pendingEvents()).isEqualTo(2 + 3 + 4 + 5);

        spool.disk().repair();
        spool.pass(Duration.ofSeconds(1));

        assertThat(spool.takeAll(true)).isEqualTo(texts);
    }

    @Test
    void shouldTryAgainToListAndRecoverBeforeItSetsAside() {
        byte[] bytes = closed();
        for (FakeDisk.Action action : Set.of(FakeDisk.Action.LIST, FakeDisk.Action.OPEN, FakeDisk.Action.READ)) {
            FakeDisk disk = new FakeDisk();
            disk.put(FIRST, bytes);
            disk.fail(action);
            spool.openOn(disk);
            assertThat(spool.store().isRecovered()).isFalse();
            assertThat(spool.append(records.get(0)).reason()).contains("cannot be");

            disk.repair();
            spool.pass(Duration.ofSeconds(1));
            spool.pass(Duration.ZERO);

            assertThat(spool.store().isRecovered()).isTrue();
            assertThat(spool.takeAll(false)).isEqualTo(texts);
            assertThat(disk.namesSetAside()).isEmpty();
        }
    }

    @Test
    void shouldSetAsideWhatCannotBeReadForGood() {
        byte[] bytes = closed();
        FakeDisk disk = new FakeDisk();
        disk.put(FIRST, bytes);
        disk.fail(FakeDisk.Action.READ);
        spool.openOn(disk);
        spool.pass(Duration.ofSeconds(1));
        assertThat(disk.namesSetAside()).isEmpty();
        spool.pass(Duration.ofSeconds(1));

        assertThat(disk.namesSetAside()).hasSize(1);
        assertThat(spool.store().isRecovered()).isTrue();
        assertThat(spool.append(records.get(0)).id()).isPositive();
    }
}
