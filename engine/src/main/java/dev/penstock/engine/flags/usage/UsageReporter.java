package dev.penstock.engine.flags.usage;

import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Told of every read of a flag's value; reports what has not been reported yet.
 *
 * <p><b>Threads:</b> {@link #read} from any; {@link #summarise} from one at a time. <b>Allocation:</b> none for known uses.
 */
public final class UsageReporter {

    private static final EventTranslator<FlagUse> CALLED = new FlagCalledEvent();

    private final FlagUsage usage;
    private final UsageSink sink;
    private final LongSupplier clock;
    private final UsageTracker tracker;
    private final UsageSummaries summaries;
    private final LongAdder reported = new LongAdder();

    /**
     * Makes a reporter.
     *
     * @param usage how to report
     * @param maxIds for how many distinct ids to remember what was reported
     * @param clock the time in epoch milliseconds; must not throw
     * @param sink where events go
     */
    public UsageReporter(FlagUsage usage, int maxIds, LongSupplier clock, UsageSink sink) {
        this.usage = usage;
        this.sink = sink;
        this.clock = clock;
        this.tracker = new UsageTracker(maxIds);
        this.summaries = new UsageSummaries(sink, clock.getAsLong());
    }

    /**
     * Whether reads are reported where a call does not say.
     *
     * @return false if reporting is off
     */
    public boolean isOn() {
        return usage != FlagUsage.OFF;
    }

    /**
     * A value was read.
     *
     * @param context whom it was evaluated for
     * @param result what it evaluated to
     * @param source where the value came from
     */
    public void read(FlagContext context, EvaluatedFlag result, UsageSource source) {
        if (usage == FlagUsage.SUMMARIES
                && !Boolean.TRUE.equals(result.hasExperiment().orElse(null))) {
            summaries.count(result);
            return;
        }
        long fingerprint = result.usageFingerprint() ^ context.groupsHash();
        if (tracker.isFirst(context.distinctId(), fingerprint)) {
            report(context, result, source);
        }
    }

    /** Apart from the read, which is short enough to be inlined. */
    private void report(FlagContext context, EvaluatedFlag result, UsageSource source) {
        reported.increment();
        sink.capture(CALLED, new FlagUse(context, result, source, clock.getAsLong()));
    }

    /** Captures what has been counted for summaries. */
    public void summarise() {
        reported.add(summaries.capture(clock.getAsLong()));
    }

    /**
     * How many events were captured.
     *
     * @return a count
     */
    public long reported() {
        return reported.sum();
    }

    /**
     * For how many distinct ids uses are remembered.
     *
     * @return a count
     */
    public int trackedIds() {
        return tracker.size();
    }

    /** Captures the last summaries and forgets everything; nothing is reported from now on. */
    public void close() {
        summarise();
        tracker.close();
    }
}
