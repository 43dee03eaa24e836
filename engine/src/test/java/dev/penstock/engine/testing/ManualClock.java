package dev.penstock.engine.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;

/**
 * Both clocks, moved by hand.
 *
 * <p><b>Threads:</b> one moves it, any reads.
 */
public final class ManualClock implements NanoClock, InstantSource {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private volatile Instant wall;

    /** Makes a clock. */
    public ManualClock(Instant wall) {
        this.wall = wall;
    }

    /** Moves both clocks forwards. */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        setWall(wall.plus(by));
    }

    /** Sets the wall clock alone, as an administrator or NTP does. */
    public void setWall(Instant to) {
        wall = to;
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return wall;
    }
}
