package dev.penstock.stress.kill;

import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;

/**
 * How a run ended.
 *
 * @param scenario what was run
 * @param seed of the run
 * @param kills processes killed
 * @param findings of the audit
 * @param oldestLostMs how long before its kill the oldest of the lost events was accepted
 * @param recovered events that the last client found on disk
 * @param faults faults of network and host, and kills
 * @param worstPauseNs the longest capture call of any process
 * @param violations promises broken
 */
public record KillResult(
        String scenario,
        long seed,
        int kills,
        Findings findings,
        int oldestLostMs,
        long recovered,
        long faults,
        long worstPauseNs,
        Violations violations) {}
