package dev.penstock.engine.logs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Times for log records: the wall clock's millisecond, a nanosecond more for each further record in it, so that their order
 * can be told.
 *
 * <p>Times only ever rise, unless the wall clock is set back by more than a second: then they follow it.
 *
 * <p><b>Threads:</b> any; lock-free.
 */
final class LogClock {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MAX_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

    /** More than clocks of several pipelines differ, less than anybody sets a clock back by. */
    private static final long SET_BACK_NS = 1_000_000_000L;

    private final LongSupplier millis;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE / 2);

    LogClock(LongSupplier millis) {
        this.millis = millis;
    }

    long millis() {
        return millis.getAsLong();
    }

    /** The next record's time, in nanoseconds since the epoch. */
    long nextNanos() {
        // The wire has room for nanoseconds from 1970 to 2262.
        long now = Math.max(0, Math.min(millis(), MAX_MILLIS)) * NANOS_PER_MILLI;
        while (true) {
            long before = last.get();
            long next = now > before || before - now > SET_BACK_NS ? now : before + 1;
            if (last.compareAndSet(before, next)) {
                return next;
            }
        }
    }
}
