package dev.penstock.benchmarks.guard;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How many times a yardstick some work takes, on a machine that does other things too: both take turns in rounds of a
 * millisecond or so, and the shortest round of each counts. A round that was disturbed is only longer, and among some
 * hundreds there is one that was not; what is slower because the whole machine is, is slower for both.
 * <p>
 * Ends as soon as the bound holds, and otherwise goes on for a while: more rounds can only bring the two closer to what they
 * are.
 */
final class Duel {
    private static final long WARMUP_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int ROUNDS = 300;

    private final Round work;
    private final Round yardstick;
    private double workNs;
    private double yardstickNs;

    /** Some operations. */
    interface Round {
        /** Does them, and answers the nanoseconds that one took. */
        double nsPerOperation() throws Exception;
    }

    Duel(Round work, Round yardstick) {
        this.work = work;
        this.yardstick = yardstick;
    }

    /** The ratio of the shortest rounds. */
    double ratio(double bound) throws Exception {
        long began = System.nanoTime();
        while (System.nanoTime() - began < WARMUP_NS) {
            work.nsPerOperation();
            yardstick.nsPerOperation();
        }
        workNs = Double.MAX_VALUE;
        yardstickNs = Double.MAX_VALUE;
        began = System.nanoTime();
        for (int i = 0; i < ROUNDS || (workNs > bound * yardstickNs && System.nanoTime() - began < LONGEST_NS); i++) {
            workNs = Math.min(workNs, work.nsPerOperation());
            yardstickNs = Math.min(yardstickNs, yardstick.nsPerOperation());
        }
        System.out.println(this);
        return workNs / yardstickNs;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f ns, the yardstick %.1f ns: x %.2f", workNs, yardstickNs, workNs / yardstickNs);
    }
}
