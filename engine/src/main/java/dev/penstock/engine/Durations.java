package dev.penstock.engine;

import java.time.Duration;

/** Turns a user's duration into nanoseconds that can be added to a clock. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    /** Negative durations, and none, are zero, very long ones a year. */
    static long nanos(Duration duration) {
        if (duration == null || duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }
}
