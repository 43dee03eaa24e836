package dev.penstock.client;

/**
 * What becomes of the events of one name; see {@link SamplingRules}.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public sealed interface SamplingRule {

    /**
     * Keeps a share of the persons, with all their events of this name.
     *
     * @param rate the share, from 0 to 1
     */
    record OfPersons(double rate) implements SamplingRule {}

    /**
     * Keeps a share of the events, each by itself.
     *
     * @param rate the share, from 0 to 1
     */
    record OfEvents(double rate) implements SamplingRule {}

    /**
     * Keeps so many events a second.
     *
     * @param perSecond how many
     */
    record Limit(int perSecond) implements SamplingRule {}
}
