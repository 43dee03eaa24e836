package dev.penstock.stress.scenario;

import static dev.penstock.stress.scenario.Weather.BLACK_HOLE;
import static dev.penstock.stress.scenario.Weather.BUSY;
import static dev.penstock.stress.scenario.Weather.CALM;
import static dev.penstock.stress.scenario.Weather.CORRUPT_ANSWERS;
import static dev.penstock.stress.scenario.Weather.CORRUPT_REQUESTS;
import static dev.penstock.stress.scenario.Weather.LOST_ANSWERS;
import static dev.penstock.stress.scenario.Weather.LOST_REQUESTS;
import static dev.penstock.stress.scenario.Weather.OUTAGE;
import static dev.penstock.stress.scenario.Weather.REFUSALS;
import static dev.penstock.stress.scenario.Weather.SLOW;
import static dev.penstock.stress.scenario.Weather.VERDICTS;

import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSync;
import dev.penstock.stress.load.Wire;
import java.util.List;
import java.util.Optional;

/** The scenarios there are. */
public final class Scenarios {
    private static final Weather[] FOUL = {
        CALM, SLOW, LOST_ANSWERS, LOST_REQUESTS, BLACK_HOLE, BUSY, REFUSALS, OUTAGE, CORRUPT_ANSWERS
    };

    /** All of them, in the order in which they are run. */
    public static final List<Scenario> ALL = List.of(
            new Scenario("full-speed", Wire.V0, CALM).producers(4, 0),
            new Scenario("busy", Wire.V0, CALM, BUSY).producers(8, 20_000),
            new Scenario("refusals", Wire.V0, CALM, BUSY, REFUSALS),
            new Scenario("refusals-segment", Wire.SEGMENT, CALM, BUSY, REFUSALS).plain(),
            new Scenario("verdicts", Wire.V1, CALM, BUSY, VERDICTS),
            new Scenario("lost-requests", Wire.V1, CALM, LOST_REQUESTS),
            new Scenario("lost-answers", Wire.V0, CALM, LOST_ANSWERS),
            new Scenario("slow", Wire.V0, CALM, SLOW).plain(),
            new Scenario("outages-waiting", Wire.V0, CALM, OUTAGE, BLACK_HOLE).waiting(),
            new Scenario("corrupt-answers", Wire.V1, CALM, CORRUPT_ANSWERS),
            new Scenario("corrupt-requests", Wire.V0, CALM, CORRUPT_REQUESTS),
            new Scenario("foul-v0", Wire.V0, FOUL).producers(6, 20_000),
            new Scenario("foul-v1", Wire.V1, FOUL).producers(6, 20_000),
            new Scenario("foul-segment", Wire.SEGMENT, FOUL).producers(6, 20_000),
            new Scenario("foul-full-speed", Wire.V0, FOUL).producers(4, 0),
            new Scenario("foul-hasty", Wire.V0, FOUL).hastily(),
            new Scenario("spool-outages", Wire.V0, CALM, OUTAGE, BUSY).spooled(SpoolMode.ON_OUTAGE, SpoolSync.INTERVAL),
            new Scenario("spool-always-foul", Wire.V0, FOUL).spooled(SpoolMode.ALWAYS, SpoolSync.INTERVAL),
            new Scenario("spool-always-foul-v1", Wire.V1, FOUL).spooled(SpoolMode.ALWAYS, SpoolSync.BATCH),
            new Scenario("spool-foul-segment", Wire.SEGMENT, FOUL).spooled(SpoolMode.ON_OUTAGE, SpoolSync.NONE),
            new Scenario("spool-hasty", Wire.V0, FOUL)
                    .spooled(SpoolMode.ON_OUTAGE, SpoolSync.INTERVAL)
                    .hastily(),
            new Scenario("spool-always-hasty-v1", Wire.V1, FOUL)
                    .spooled(SpoolMode.ALWAYS, SpoolSync.NONE)
                    .hastily());

    private Scenarios() {}

    /**
     * Finds one by its name.
     *
     * @param name the name
     * @return the scenario, if there is one
     */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
