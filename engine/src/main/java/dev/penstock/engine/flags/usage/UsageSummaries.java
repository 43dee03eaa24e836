package dev.penstock.engine.flags.usage;

import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts reads by flag and value, and captures the counts as one event each.
 *
 * <p><b>Threads:</b> {@link #count} from any, lock-free after a value's first read; {@link #capture} from one at a time.
 * <b>Memory:</b> a counter for each of at most 10,000 flags and 100 values of each; reads beyond are counted in the
 * flag's last counter's place as {@code other}.
 */
final class UsageSummaries {

    /** This client's own event; it is not one of PostHog's. */
    static final String EVENT = "penstock_flag_summary";

    private static final int MAX_FLAGS = 10_000;
    private static final int MAX_VALUES = 100;
    private static final FlagValue OTHER = FlagValue.variant("other");

    private static final EventTranslator<Summary> WRITE = (event, summary) -> event.event(EVENT)
            .put("$feature_flag", summary.key())
            .put("$feature_flag_response", summary.value().toJsonValue())
            .put("reads", summary.reads())
            .put("from", java.time.Instant.ofEpochMilli(summary.fromMs()))
            .put("to", java.time.Instant.ofEpochMilli(summary.toMs()));

    private final UsageSink sink;
    private final ConcurrentHashMap<String, Counts> flags = new ConcurrentHashMap<>();
    private long fromMs;

    UsageSummaries(UsageSink sink, long nowMs) {
        this.sink = sink;
        this.fromMs = nowMs;
    }

    private record Summary(String key, FlagValue value, long reads, long fromMs, long toMs) {}

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
            FlagValue name = now.length < MAX_VALUES ? value : OTHER;
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
            String key = flags.size() < MAX_FLAGS ? result.key() : "other";
            counts = flags.computeIfAbsent(key, any -> new Counts());
        }
        counts.of(result.value()).increment();
    }

    /** Captures what was counted since the last time. Answers how many events that took. */
    int capture(long nowMs) {
        int events = 0;
        for (var flag : flags.entrySet()) {
            for (Count count : flag.getValue().byValue) {
                long reads = count.reads().sumThenReset();
                if (reads > 0) {
                    sink.capture(WRITE, new Summary(flag.getKey(), count.value(), reads, fromMs, nowMs));
                    events++;
                }
            }
        }
        fromMs = nowMs;
        return events;
    }
}
