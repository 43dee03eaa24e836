package dev.penstock.stress.scenario;

import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSync;
import dev.penstock.stress.load.Wire;
import java.util.List;

/**
 * What a run is about; what it leaves open is drawn from the seed.
 *
 * @param name unique, in lower case
 * @param wire what the client speaks
 * @param gzip whether batches are compressed
 * @param overflow what a capture does when the ring is full
 * @param mode of the spool
 * @param sync of the spool
 * @param weather what may go wrong
 * @param producers threads that capture
 * @param eventsPerSecond of all together; 0 for as fast as they can
 * @param hasty whether the client is closed in the midst of it, with little time, instead of being flushed in calm weather
 */
public record Scenario(
        String name,
        Wire wire,
        boolean gzip,
        OverflowPolicy overflow,
        SpoolMode mode,
        SpoolSync sync,
        List<Weather> weather,
        int producers,
        long eventsPerSecond,
        boolean hasty) {

    Scenario(String name, Wire wire, Weather... weather) {
        this(
                name,
                wire,
                true,
                OverflowPolicy.DROP_NEWEST,
                SpoolMode.OFF,
                SpoolSync.INTERVAL,
                List.of(weather),
                4,
                20_000,
                false);
    }

    Scenario plain() {
        return new Scenario(name, wire, false, overflow, mode, sync, weather, producers, eventsPerSecond, hasty);
    }

    Scenario waiting() {
        return new Scenario(
                name, wire, gzip, OverflowPolicy.WAIT, mode, sync, weather, producers, eventsPerSecond, hasty);
    }

    Scenario spooled(SpoolMode newMode, SpoolSync newSync) {
        return new Scenario(name, wire, gzip, overflow, newMode, newSync, weather, producers, eventsPerSecond, hasty);
    }

    Scenario producers(int count, long rate) {
        return new Scenario(name, wire, gzip, overflow, mode, sync, weather, count, rate, hasty);
    }

    Scenario hastily() {
        return new Scenario(name, wire, gzip, overflow, mode, sync, weather, producers, eventsPerSecond, true);
    }

    /** Whether the host may take a request and its client not know. */
    boolean losesAnswers() {
        return weather.stream().anyMatch(Weather::losesAnswers);
    }

    /** Whether the host may see requests that no client wrote. */
    boolean spoilsRequests() {
        return weather.stream().anyMatch(Weather::spoilsRequests);
    }
}
