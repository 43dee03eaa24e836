package dev.penstock.stress.report;

import dev.penstock.stress.account.Violations;

/**
 * One run in the table.
 *
 * @param family its kind of test, which is also its command
 * @param scenario its name
 * @param seed of what was drawn
 * @param runs how many runs or rounds it stands for
 * @param events accepted events
 * @param faults faults injected: of the network, of the host, kills
 * @param lost accepted events without outcome or trace that the stated window allows; others are violations
 * @param duplicates how often the host has an event once more
 * @param unconfirmed events that the host has although their outcome says otherwise
 * @param worstPauseMs the longest capture call, 0 where none is measured
 * @param note what else is to be said; may be empty
 * @param violations promises broken
 * @param replay the command that runs it again
 */
public record Row(
        String family,
        String scenario,
        long seed,
        long runs,
        long events,
        long faults,
        long lost,
        long duplicates,
        long unconfirmed,
        double worstPauseMs,
        String note,
        Violations violations,
        String replay) {}
