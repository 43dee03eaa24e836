package dev.penstock.stress.disk;

import dev.penstock.stress.account.Findings;

/**
 * How a run ended.
 *
 * @param setup of the client, in words
 * @param account of the client, in words
 * @param findings of the audit
 * @param worstPauseNs the longest capture call
 * @param worstHiccupNs how long the machine kept a sleeping thread from running
 */
record DiskResult(String setup, String account, Findings findings, long worstPauseNs, long worstHiccupNs) {
    static final DiskResult NOT_STARTED =
            new DiskResult("not started", "", new Findings(0, 0, 0, 0, 0, 0, 0, 0, 0), 0, 0);
}
