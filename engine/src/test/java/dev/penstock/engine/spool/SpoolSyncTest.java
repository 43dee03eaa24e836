package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import dev.penstock.engine.spool.FakeDisk.Action;
import dev.penstock.engine.spool.Sinks.Appended;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpoolSyncTest {

    private static StoreFixture open(SpoolSync sync) {
        return new StoreFixture(SpoolSettings.builder(Path.of("fake"))
                .segmentBytes(64 * 1024)
                .sync(sync)
                .syncInterval(Duration.ofMillis(200))
                .build());
    }

    private static final List<SpoolRecord> THREE =
            List.of(Records.of(1, 1, 100), Records.of(2, 2, 100), Records.of(3, 3, 100));

    @Test
    void shouldForceOnceForAllAppendsOfATurnBeforeAnyOfThemIsTold() {
        StoreFixture spool = open(SpoolSync.BATCH);
        Appended first = new Appended();
        Appended second = new Appended();
        spool.store().append(THREE.get(0), first);
        spool.store().append(THREE.get(1), second);
        assertThat(spool.disk().count(Action.FORCE)).isZero();
        assertThat(first.isTold() || second.isTold()).isFalse();

        spool.store().endTurn();

        assertThat(spool.disk().count(Action.FORCE)).isEqualTo(1);
        assertThat(spool.disk().count(Action.FORCE_NAMES)).as("a new file").isEqualTo(1);
        assertThat(first.id()).isLessThan(second.id());
        spool.appendTogether(THREE).forEach(Appended::id);
        assertThat(spool.disk().count(Action.FORCE)).isEqualTo(2);
        assertThat(spool.disk().count(Action.FORCE_NAMES)).as("no new file").isEqualTo(1);
    }

    @Test
    void shouldForceTheOldFileToo() {
        StoreFixture spool = open(SpoolSync.BATCH);
        List<Appended> appended = spool.appendTogether(
                List.of(Records.of(1, 1, 40_000), Records.of(2, 1, 40_000), Records.of(3, 1, 40_000)));

        appended.forEach(Appended::id);
        FakeDisk durable = spool.disk().afterPowerCut(new SplittableRandom(1));
        spool.openOn(durable);
        assertThat(spool.takeAll(false)).hasSize(3);
    }

    @Test
    void shouldForceOnceAnIntervalWhileSomethingIsWritten() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        assertThat(spool.append(THREE.get(0)).idNow())
                .as("told after the write")
                .isNotNull();
        assertThat(spool.store().sleepNs(Long.MAX_VALUE))
                .isEqualTo(Duration.ofMillis(200).toNanos());
        spool.pass(Duration.ofMillis(150));
        spool.append(THREE.get(1)).id();
        spool.pass(Duration.ofMillis(49));
        assertThat(spool.disk().count(Action.FORCE)).isZero();

        spool.pass(Duration.ofMillis(1));
        assertThat(spool.disk().count(Action.FORCE)).isEqualTo(1);
        assertThat(spool.disk().count(Action.FORCE_NAMES)).isEqualTo(1);

        spool.pass(Duration.ofMillis(300));
        assertThat(spool.disk().count(Action.FORCE)).as("nothing was written").isEqualTo(1);
        spool.append(THREE.get(2)).id();
        spool.pass(Duration.ofMillis(200));
        assertThat(spool.disk().count(Action.FORCE)).isEqualTo(2);
    }

    @Test
    void shouldNeverForceForAcknowledgements() {
        for (SpoolSync sync : SpoolSync.values()) {
            StoreFixture spool = open(sync);
            List<Appended> appended = spool.appendTogether(THREE);
            spool.pass(Duration.ofSeconds(1));
            int before = spool.disk().count(Action.FORCE);

            spool.acknowledge(appended.get(1).id());
            spool.pass(Duration.ofSeconds(1));

            assertThat(spool.disk().count(Action.FORCE)).isEqualTo(before);
        }
    }

    @Test
    void shouldNeverForceWhenThatIsThePolicy() {
        StoreFixture spool = open(SpoolSync.NONE);
        for (int i = 0; i < 5; i++) {
            spool.append(Records.of(i, 1, 40_000)).id();
            spool.pass(Duration.ofMinutes(1));
        }
        spool.close();

        assertThat(spool.disk().count(Action.FORCE)).isZero();
        assertThat(spool.disk().count(Action.FORCE_NAMES)).isZero();
    }

    @Test
    void shouldForceAtAClose() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        spool.append(THREE.get(0)).id();
        spool.close();

        assertThat(spool.disk().count(Action.FORCE)).isEqualTo(1);
    }

    @Test
    void shouldLeaveTheLastFileOfAnEmptySpoolForAWhileAndThenDeleteIt() {
        StoreFixture spool = open(SpoolSync.INTERVAL);
        long id = spool.append(THREE.get(0)).id();
        spool.pass(Duration.ofSeconds(1));
        spool.acknowledge(id);
        spool.pass(Duration.ofMillis(3_999));
        assertThat(spool.disk().content().keySet()).hasSize(1);
        spool.pass(Duration.ofSeconds(1));

        assertThat(spool.disk().content().keySet()).isEmpty();
        assertThat(spool.counters().bytes()).isZero();
        assertThat(spool.store().sleepNs(Long.MAX_VALUE))
                .as("nothing to look after")
                .isEqualTo(Long.MAX_VALUE);
        spool.append(THREE.get(1)).id();
        assertThat(spool.disk().content()).containsOnlyKeys(SegmentName.of(2));
    }

    @Test
    void shouldSleepUntilTheNextDelayEnds() {
        StoreFixture spool = open(SpoolSync.NONE);
        long id = spool.append(THREE.get(0)).id();
        spool.pass(Duration.ofSeconds(2));
        spool.release(id, 70);

        assertThat(spool.store().sleepNs(Long.MAX_VALUE)).isEqualTo(70);
        spool.pass(Duration.ofNanos(69));
        assertThat(spool.take().record()).isNull();
        spool.pass(Duration.ofNanos(1));
        assertThat(spool.take().id()).isEqualTo(id);
    }

    @Test
    void shouldRememberHowFarEverythingIsAcknowledged() {
        StoreFixture spool = open(SpoolSync.NONE);
        List<Appended> appended = spool.appendTogether(THREE);
        spool.acknowledge(appended.get(0).id());
        spool.pass(Duration.ofSeconds(1));
        byte[] segment = spool.disk().content().get(SegmentName.of(1));

        int second = SegmentHeader.BYTES + (int) FrameHead.frameBytes(THREE.get(0));
        assertThat(SegmentHeader.cursor(ByteBuffer.wrap(segment), 1)).isEqualTo(second);

        // What is before the cursor is not looked at, whatever its mark says.
        segment[SegmentHeader.BYTES + FrameHead.MARK] = 0;
        FakeDisk disk = new FakeDisk();
        disk.put(SegmentName.of(1), segment);
        spool.openOn(disk);
        assertThat(spool.takeAll(false)).containsExactly(Records.text(THREE.get(1)), Records.text(THREE.get(2)));
    }
}
