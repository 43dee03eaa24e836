package dev.penstock.engine.stats;

import dev.penstock.client.SaturationChange;
import java.util.function.Predicate;

/**
 * Sees when a client becomes saturated, which is when its fullest ring reaches the high level, and when that is over, which
 * is when every ring is down at the low one.
 *
 * <p>A change that could not be told, because the listener is behind, is tried again at the next look, as long as it is true.
 *
 * <p><b>Threads:</b> each lane looks on its pipeline thread, and takes a lock only when its ring crosses a level.
 */
public final class SaturationMonitor {

    private enum Level {
        LOW,
        BETWEEN,
        HIGH
    }

    private final double high;
    private final double low;
    private final Predicate<SaturationChange> sink;

    private int lanesHigh;
    private int lanesAboveLow;
    private boolean told;

    /** Whether what was told last is not true any more. */
    private volatile boolean owed;

    /**
     * Makes a monitor without lanes.
     *
     * @param high from which share of a ring on it is saturated
     * @param low down to which share it stays so
     * @param sink told of changes; answers whether it could take one
     */
    public SaturationMonitor(double high, double low, Predicate<SaturationChange> sink) {
        this.high = high;
        this.low = low;
        this.sink = sink;
    }

    /**
     * Adds a lane, whose ring is empty.
     *
     * @param slots how many slots its ring has
     * @return what it tells
     */
    public LaneSaturation lane(long slots) {
        return new Lane(slots);
    }

    private synchronized void moved(Level from, Level to, double occupancy) {
        lanesHigh += step(from == Level.HIGH, to == Level.HIGH);
        lanesAboveLow += step(from != Level.LOW, to != Level.LOW);
        boolean saturated = told ? lanesAboveLow > 0 : lanesHigh > 0;
        boolean due = saturated != told;
        // Only a lane that is as full as that can say how full.
        if (due && saturated == (to == Level.HIGH) && sink.test(new SaturationChange(saturated, occupancy))) {
            told = saturated;
            due = false;
        }
        owed = due;
    }

    private static int step(boolean before, boolean after) {
        return (after ? 1 : 0) - (before ? 1 : 0);
    }

    private final class Lane implements LaneSaturation {

        private final long slots;
        private final long highSlots;
        private final long lowSlots;
        private Level level = Level.LOW;

        Lane(long slots) {
            this.slots = slots;
            this.highSlots = (long) Math.ceil(high * slots);
            this.lowSlots = (long) Math.floor(low * slots);
        }

        @Override
        public void look(long occupied) {
            Level now = occupied >= highSlots ? Level.HIGH : occupied > lowSlots ? Level.BETWEEN : Level.LOW;
            if (now != level || owed) {
                moved(level, now, (double) occupied / slots);
                level = now;
            }
        }
    }
}
