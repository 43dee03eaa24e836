package dev.penstock.engine.selfcheck;

/** Looks at one thing. */
interface CheckStep {

    /** What it is called in the report. */
    String name();

    /** Whether it can still be taken after an earlier one has failed. */
    default boolean worksAfterFailure(CheckRun run) {
        return false;
    }

    /**
     * Takes the step.
     *
     * @throws CheckEndedException if there is no time left for it, or the check is to end
     */
    Finding take(CheckRun run) throws CheckEndedException;
}
