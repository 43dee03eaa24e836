package dev.penstock.engine.selfcheck;

import java.time.Duration;
import java.util.Locale;

/** Says quantities as a person would. */
final class Spoken {

    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 3_600;

    private Spoken() {}

    /** How long something took or may take: {@code 12 ms}, {@code 2 s}, {@code 1.5 s}. */
    static String time(Duration time) {
        long ms = time.toMillis();
        if (ms < SECOND_MS) {
            return ms + " ms";
        }
        return ms % SECOND_MS == 0 ? ms / SECOND_MS + " s" : String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }

    /** How long ago something began, by {@link System#nanoTime()}. */
    static String since(long startedNs) {
        return time(Duration.ofNanos(System.nanoTime() - startedNs));
    }

    /** A distance in time: {@code 75 s}, {@code 4 min}, {@code 1 h 2 min}, {@code 3 days}. */
    static String distance(Duration distance) {
        long seconds = distance.toSeconds();
        if (seconds < 2 * MINUTE_S) {
            return seconds + " s";
        }
        if (seconds < HOUR_S) {
            return seconds / MINUTE_S + " min";
        }
        return seconds < 48 * HOUR_S
                ? seconds / HOUR_S + " h " + seconds % HOUR_S / MINUTE_S + " min"
                : distance.toDays() + " days";
    }

    static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }
}
