package dev.penstock.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SaturationChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SaturationMonitorTest {

    private final List<SaturationChange> told = new ArrayList<>();
    private boolean takes = true;
    private final SaturationMonitor monitor = new SaturationMonitor(0.75, 0.5, this::take);

    private boolean take(SaturationChange change) {
        if (takes) {
            told.add(change);
        }
        return takes;
    }

    private static SaturationChange saturated(double occupancy) {
        return new SaturationChange(true, occupancy);
    }

    private static SaturationChange over(double occupancy) {
        return new SaturationChange(false, occupancy);
    }

    @Test
    void shouldTellWhenTheHighLevelIsReachedAndWhenTheLowOneIs() {
        LaneSaturation lane = monitor.lane(1_000);
        lane.look(749);
        assertThat(told).isEmpty();
        lane.look(750);
        assertThat(told).containsExactly(saturated(0.75));
        lane.look(501);
        assertThat(told).hasSize(1);
        lane.look(500);
        assertThat(told).containsExactly(saturated(0.75), over(0.5));
    }

    @Test
    void shouldTellEachChangeOnceHoweverOftenALevelIsCrossed() {
        LaneSaturation lane = monitor.lane(1_000);
        for (int i = 0; i < 100; i++) {
            lane.look(900);
            lane.look(600);
        }
        assertThat(told).containsExactly(saturated(0.9));
        for (int i = 0; i < 100; i++) {
            lane.look(0);
            lane.look(700);
        }
        assertThat(told).containsExactly(saturated(0.9), over(0));
    }

    @Test
    void shouldGoFromEmptyToFullAndBackWithoutALookBetween() {
        LaneSaturation lane = monitor.lane(64);
        lane.look(64);
        lane.look(0);
        lane.look(64);

        assertThat(told).containsExactly(saturated(1), over(0), saturated(1));
    }

    @Test
    void shouldBeSaturatedByTheFullestLaneAndOverOnlyWhenEveryLaneIsLow() {
        LaneSaturation first = monitor.lane(100);
        LaneSaturation second = monitor.lane(200);
        first.look(60);
        second.look(150);
        assertThat(told).containsExactly(saturated(0.75));
        second.look(10);
        assertThat(told).hasSize(1);
        first.look(80);
        assertThat(told).hasSize(1);
        first.look(50);
        assertThat(told).containsExactly(saturated(0.75), over(0.5));
    }

    @Test
    void shouldTellLaterWhatCouldNotBeTold() {
        LaneSaturation full = monitor.lane(100);
        LaneSaturation empty = monitor.lane(100);
        takes = false;
        full.look(80);
        takes = true;
        empty.look(0);
        assertThat(told).isEmpty();
        full.look(81);
        assertThat(told).containsExactly(saturated(0.81));
        full.look(82);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldNotTellWhatIsNotTrueAnyMore() {
        LaneSaturation lane = monitor.lane(100);
        takes = false;
        lane.look(80);
        lane.look(0);
        takes = true;
        lane.look(0);
        assertThat(told).isEmpty();

        lane.look(90);
        takes = false;
        lane.look(0);
        lane.look(91);
        takes = true;
        lane.look(92);
        assertThat(told).containsExactly(saturated(0.9));
    }

    @Test
    void shouldAlternateWhenManyLanesLookAtOnce() throws InterruptedException {
        List<Boolean> changes = new ArrayList<>();
        SaturationMonitor shared = new SaturationMonitor(0.75, 0.5, change -> changes.add(change.saturated()));
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LaneSaturation lane = shared.lane(4);
            threads.add(new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int turn = 0; turn < 20_000; turn++) {
                    lane.look(turn % 5);
                    turns.incrementAndGet();
                }
                lane.look(0);
            }));
        }
        threads.forEach(Thread::start);
        begin.countDown();
        for (Thread thread : threads) {
            thread.join(30_000);
        }

        assertThat(turns).hasValue(80_000);
        assertThat(changes).isNotEmpty();
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i)).isEqualTo(i % 2 == 0);
        }
        assertThat(changes.size() % 2).as("it ends calm").isZero();
    }
}
