package dev.penstock.stress.scenario;

import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a run ended.
 *
 * @param scenario what was run
 * @param seed of the run
 * @param setup what was drawn, in words
 * @param attempts captures, whatever the answer
 * @param findings of the audit
 * @param duplicatesAllowed duplicates that lost answers explain, at most
 * @param lives the account of each client, one after the other
 * @param recovered events that a second client found on disk
 * @param faults faults of network and host, in words
 * @param faultCount how many there were
 * @param worstPauseNs the longest capture call
 * @param worstHiccupNs how long the machine kept a sleeping thread from running
 * @param violations promises broken
 */
public record ScenarioResult(
        String scenario,
        long seed,
        String setup,
        long attempts,
        Findings findings,
        long duplicatesAllowed,
        List<String> lives,
        long recovered,
        String faults,
        long faultCount,
        long worstPauseNs,
        long worstHiccupNs,
        Violations violations) {

    /**
     * The longest capture call.
     *
     * @return milliseconds
     */
    public double worstPauseMs() {
        return worstPauseNs / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
