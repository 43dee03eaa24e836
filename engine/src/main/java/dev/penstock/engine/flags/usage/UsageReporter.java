package dev.penstock.engine.flags.usage;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Told of every read of a flag's value; reports what has not been reported yet. Whatever goes wrong with that is no concern of
 * the reader's.
 *
 * <p><b>Threads:</b> {@link #read} from any; {@link #summarise} from one at a time. <b>Allocation:</b> none for known uses, unless
 * a distinct id is longer than 200 characters.
 */
public final class UsageReporter {

    private static final EventTranslator<FlagUse> CALLED = new FlagCalledEvent();

    private final FlagUsage usage;
    private final UsageSink sink;
    private final LongSupplier clock;
    private final BiConsumer<String, Throwable> problems;
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
     * @param problems told what the sink throws
     */
    public UsageReporter(
            FlagUsage usage, int maxIds, LongSupplier clock, UsageSink sink, BiConsumer<String, Throwable> problems) {
        this.usage = usage;
        this.sink = sink;
        this.clock = clock;
        this.problems = problems;
        this.tracker = new UsageTracker(maxIds);
        this.summaries = new UsageSummaries(clock.getAsLong());
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
        // Only what certainly belongs to no experiment may be summed up.
        if (usage == FlagUsage.SUMMARIES
                && Boolean.FALSE.equals(result.hasExperiment().orElse(null))) {
            summaries.count(result);
            return;
        }
        String id = TrackedId.of(context.distinctId());
        long fingerprint = result.usageFingerprint() ^ context.groupsHash();
        if (tracker.isFirst(id, fingerprint)) {
            report(context, result, source, id, fingerprint);
        }
    }

    /** Apart from the read, which is short enough to be inlined. */
    private void report(FlagContext context, EvaluatedFlag result, UsageSource source, String id, long fingerprint) {
        FlagUse use = new FlagUse(context, result, source, clock.getAsLong());
        CaptureResult captured = capture(CALLED, use, use.isMinimal());
        if (captured == CaptureResult.RING_FULL) {
            tracker.forget(id, fingerprint); // so that a later read reports it
        }
    }

    private <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
        try {
            CaptureResult captured = sink.capture(translator, use, minimal);
            if (captured == CaptureResult.ACCEPTED) {
                reported.increment();
            }
            return captured;
        } catch (RuntimeException | Error e) {
            problems.accept("the use of a flag could not be reported: " + e, e);
            return CaptureResult.INVALID;
        }
    }

    /** Captures what has been counted for summaries. */
    public void summarise() {
        summaries.take(clock.getAsLong(), summary -> capture(UsageSummaries.EVENT, summary, false));
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
