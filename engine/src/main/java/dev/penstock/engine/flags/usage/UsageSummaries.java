package dev.penstock.engine.flags.usage;

import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts reads by flag and value.
 *
 * <p><b>Threads:</b> {@link #count} from any, lock-free after a value's first read; {@link #take} from one at a time.
 * <b>Memory:</b> a counter for each of at most 10,000 flags and 100 values of each; what is beyond is counted as {@code
 * $other}.
 */
final class UsageSummaries {

    /** Writes this client's own event; it is not one of PostHog's. */
    static final EventTranslator<Summary> EVENT = (event, summary) -> event.event("penstock_flag_summary")
            .put("$feature_flag", summary.key())
            .put("$feature_flag_response", summary.value().toJsonValue())
            .put("reads", summary.reads())
            .put("from", Instant.ofEpochMilli(summary.fromMs()))
            .put("to", Instant.ofEpochMilli(summary.toMs()));

    private static final int MAX_FLAGS = 10_000;
    private static final int MAX_VALUES = 100;

    /** Stands for flags and for values beyond the bounds. */
    private static final String OTHER = "$other";

    private static final FlagValue OTHER_VALUE = FlagValue.variant(OTHER);

    private final ConcurrentHashMap<String, Counts> flags = new ConcurrentHashMap<>();
    private long fromMs;

    UsageSummaries(long nowMs) {
        this.fromMs = nowMs;
    }

    /**
     * The reads of one value of one flag.
     *
     * @param key the flag's key
     * @param value the value
     * @param reads how many
     * @param fromMs the beginning of the interval, in epoch milliseconds
     * @param toMs its end
     */
    record Summary(String key, FlagValue value, long reads, long fromMs, long toMs) {}

    private record Count(FlagValue value, LongAdder reads) {}

    /** The counters of one flag: an array that is replaced when a value is new. */
    private static final class Counts {

        private volatile Count[] byValue = {};

        LongAdder of(FlagValue value) {
            for (Count count : byValue) {
                if (count.value().equals(value)) {
                    return count.reads();
                }
            }
            return added(value);
        }

        private synchronized LongAdder added(FlagValue value) {
            Count[] now = byValue;
            FlagValue name = now.length < MAX_VALUES ? value : OTHER_VALUE;
            for (Count count : now) {
                if (count.value().equals(name)) {
                    return count.reads();
                }
            }
            Count[] more = Arrays.copyOf(now, now.length + 1);
            more[now.length] = new Count(name, new LongAdder());
            byValue = more;
            return more[now.length].reads();
        }
    }

    /** Counts a read. */
    void count(EvaluatedFlag result) {
        Counts counts = flags.get(result.key());
        if (counts == null) {
            String key = flags.size() < MAX_FLAGS ? result.key() : OTHER;
            counts = flags.computeIfAbsent(key, any -> new Counts());
        }
        counts.of(result.value()).increment();
    }

    /** Hands out what was counted since the last time, a summary for each flag and value that was read. */
    void take(long nowMs, Consumer<Summary> taker) {
        flags.forEach((key, counts) -> {
            for (Count count : counts.byValue) {
                long reads = count.reads().sumThenReset();
                if (reads > 0) {
                    taker.accept(new Summary(key, count.value(), reads, fromMs, nowMs));
                }
            }
        });
        fromMs = nowMs;
    }
}
