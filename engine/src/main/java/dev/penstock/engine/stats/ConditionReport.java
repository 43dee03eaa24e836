package dev.penstock.engine.stats;

import dev.penstock.client.CaptureResult;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;

/**
 * Puts into words, a few times a second at most, what captures were answered: callers only count, and never log.
 *
 * <p><b>Threads:</b> {@link #run()} by one pipeline thread, the last time as it ends.
 */
public final class ConditionReport implements Runnable {

    private record Condition(Level level, String message) {}

    private static final Map<CaptureResult, Condition> CONDITIONS = new EnumMap<>(Map.of(
            CaptureResult.RING_FULL,
            new Condition(Level.DEBUG, "the ring was full and captures were answered RING_FULL"),
            CaptureResult.SAMPLED,
            new Condition(Level.DEBUG, "events were left out by sampling or a rate limit and answered SAMPLED"),
            CaptureResult.FILTERED,
            new Condition(Level.DEBUG, "events were left out by a before-send hook or as ignored exceptions")));

    private final ResultCounters counters;
    private final DistinctErrors errors;
    private final Map<CaptureResult, Long> told = new EnumMap<>(CaptureResult.class);
    private long toldPersonless;

    /**
     * Makes a report.
     *
     * @param counters what is counted
     * @param errors where it is said
     */
    public ConditionReport(ResultCounters counters, DistinctErrors errors) {
        this.counters = counters;
        this.errors = errors;
    }

    @Override
    public void run() {
        CONDITIONS.forEach((result, condition) -> {
            long count = counters.count(result);
            long since = count - told.getOrDefault(result, 0L);
            if (since > 0) {
                told.put(result, count);
                errors.noteAnswered(condition.level(), result.name(), since, condition.message());
            }
        });
        long personless = counters.personless();
        if (personless > toldPersonless) {
            errors.noteAnswered(
                    Level.DEBUG,
                    "personless",
                    personless - toldPersonless,
                    "events without a distinct id are personless");
            toldPersonless = personless;
        }
    }
}
