package dev.penstock.engine.selfcheck;

import java.time.Duration;

/** Whether the clock that events are stamped with agrees with the server's. */
final class ClockStep implements CheckStep {

    private static final long TOLERATED_MS = 60_000;

    @Override
    public String name() {
        return "clock";
    }

    /** Any answer tells the time, also one that refuses. */
    @Override
    public boolean worksAfterFailure(CheckRun run) {
        return run.exchanges().reading() != null;
    }

    @Override
    public Finding take(CheckRun run) {
        ClockReading reading = run.exchanges().reading();
        if (reading == null) {
            return Finding.skipped("No answer had a date to compare the clock with.");
        }
        long aheadMs = reading.aheadMs();
        long apartMs = Math.abs(aheadMs);
        if (apartMs < 1_000) {
            return Finding.passed("The clock agrees with the server's.");
        }
        String text = "The clock is at least " + Spoken.distance(Duration.ofMillis(apartMs))
                + (aheadMs > 0 ? " ahead of" : " behind") + " the server's.";
        return apartMs <= TOLERATED_MS
                ? Finding.passed(text)
                : Finding.warning(
                        text,
                        "Set this machine's clock, best by NTP: it stamps the events. If the clock was given to the client, see"
                                + " to that one.");
    }
}
