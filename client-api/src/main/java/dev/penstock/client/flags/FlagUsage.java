package dev.penstock.client.flags;

/** How the use of flags is reported. */
public enum FlagUsage {
    /**
     * An event {@code $feature_flag_called} for the first read of each combination of person, flag, value and groups: what
     * PostHog's experiments and usage reports are made of.
     */
    EVENTS,

    /**
     * One summary event for each flag and value in each interval, {@code penstock_flag_summary}, with the number of reads.
     * For flags read so often by so many that an event for each person would be the main traffic. The event is this
     * client's own, and experiments do not understand it: only flags that are known to belong to no experiment are summed up,
     * all others are reported as with {@link #EVENTS}.
     */
    SUMMARIES,

    /** Nothing is reported. */
    OFF
}
