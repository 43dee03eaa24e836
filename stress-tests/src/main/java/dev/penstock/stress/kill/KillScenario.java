package dev.penstock.stress.kill;

import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSync;
import dev.penstock.stress.load.Wire;
import dev.penstock.stress.scenario.Weather;
import java.util.List;
import java.util.Optional;

/**
 * What is killed, and in which weather.
 *
 * @param name unique, in lower case
 * @param wire what the client speaks
 * @param mode of the spool
 * @param sync of the spool
 * @param weather what goes wrong meanwhile
 * @param hostDown whether nobody listens until the end
 */
public record KillScenario(
        String name, Wire wire, SpoolMode mode, SpoolSync sync, List<Weather> weather, boolean hostDown) {
    private static final List<Weather> KEPT_ANSWERS = List.of(Weather.CALM, Weather.CALM, Weather.BUSY);
    private static final List<Weather> OUTAGES =
            List.of(Weather.CALM, Weather.OUTAGE, Weather.BUSY, Weather.LOST_ANSWERS);
    private static final List<Weather> DOWN = List.of(Weather.OUTAGE);

    /** All of them, in the order in which they are run. */
    public static final List<KillScenario> ALL = List.of(
            of("always-batch", Wire.V0, SpoolMode.ALWAYS, SpoolSync.BATCH, KEPT_ANSWERS),
            of("always-interval", Wire.V0, SpoolMode.ALWAYS, SpoolSync.INTERVAL, KEPT_ANSWERS),
            of("always-none", Wire.V0, SpoolMode.ALWAYS, SpoolSync.NONE, KEPT_ANSWERS),
            of("always-outages", Wire.V1, SpoolMode.ALWAYS, SpoolSync.INTERVAL, OUTAGES),
            of("always-down", Wire.V0, SpoolMode.ALWAYS, SpoolSync.INTERVAL, DOWN),
            of("always-segment", Wire.SEGMENT, SpoolMode.ALWAYS, SpoolSync.INTERVAL, OUTAGES),
            of("on-outage-batch", Wire.V0, SpoolMode.ON_OUTAGE, SpoolSync.BATCH, OUTAGES),
            of("on-outage-interval", Wire.V1, SpoolMode.ON_OUTAGE, SpoolSync.INTERVAL, OUTAGES),
            of("on-outage-none", Wire.V0, SpoolMode.ON_OUTAGE, SpoolSync.NONE, OUTAGES),
            of("on-outage-down", Wire.V0, SpoolMode.ON_OUTAGE, SpoolSync.INTERVAL, DOWN));

    private static KillScenario of(String name, Wire wire, SpoolMode mode, SpoolSync sync, List<Weather> weather) {
        return new KillScenario(name, wire, mode, sync, weather, weather.equals(DOWN));
    }

    /**
     * Finds one by its name.
     *
     * @param name the name
     * @return the scenario, if there is one
     */
    public static Optional<KillScenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /** Whether the host may take a request and its client not know, but for kills. */
    boolean losesAnswers() {
        return weather.equals(OUTAGES);
    }
}
