package dev.penstock.engine.flags.matcher;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Before or after an instant, or one that moves with the clock.
 *
 * <p>Instants are two numbers, seconds and nanoseconds, from the text to the comparison.
 */
final class DateMatcher extends PropertyMatcher {

    private static final int NANOS_PER_MS = 1_000_000;

    private final boolean after;
    private final RelativeDate relative;
    private final long epochSecond;
    private final int nanos;

    private DateMatcher(boolean after, RelativeDate relative, long epochSecond, int nanos) {
        super(false);
        this.after = after;
        this.relative = relative;
        this.epochSecond = epochSecond;
        this.nanos = nanos;
    }

    /** Null if the text is no date. */
    static PropertyMatcher compile(boolean after, String filterText) {
        RelativeDate relative = RelativeDate.parse(filterText);
        if (relative != null) {
            return new DateMatcher(after, relative, 0, 0);
        }
        long epochSecond = DateText.epochSecond(filterText);
        return epochSecond == DateText.INVALID
                ? null
                : new DateMatcher(after, null, epochSecond, DateText.nanos(filterText));
    }

    @Override
    Match decide(Object value, InstantSource clock) {
        if (value == null) {
            return Match.NO;
        }
        long second = value instanceof String text ? DateText.epochSecond(text) : DateText.INVALID;
        if (second == DateText.INVALID) {
            return Match.UNCERTAIN;
        }
        int fraction = DateText.nanos((String) value);
        if (relative == null) {
            return compare(second, fraction, epochSecond, nanos);
        }
        long nowMs = clock.millis();
        long limit = relative.epochSecond(nowMs);
        return limit == DateText.INVALID
                ? Match.UNCERTAIN
                : compare(second, fraction, limit, (int) Math.floorMod(nowMs, 1_000L) * NANOS_PER_MS);
    }

    private Match compare(long second, int fraction, long limit, int limitNanos) {
        int comparison = second == limit ? Integer.compare(fraction, limitNanos) : Long.compare(second, limit);
        return Match.of(after ? comparison > 0 : comparison < 0);
    }

    @Override
    public String describe() {
        Object limit = relative == null ? Instant.ofEpochSecond(epochSecond, nanos) : relative;
        return (after ? "is after " : "is before ") + limit;
    }
}
