package dev.penstock.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which events are left out before they cost anything, by name. Made by {@link #builder()} and handed to {@link
 * ClientConfig.Builder#sampling} or {@link dev.penstock.client.segment.SegmentConfig.Builder#sampling}.
 *
 * <pre>{@code
 * SamplingRules rules = SamplingRules.builder()
 *         .sample("player moved", 0.1)
 *         .limit("cache missed", 50)
 *         .build();
 * }</pre>
 *
 * <p>A rule holds for plain events and for tracks of exactly its name; other names are untouched. Exceptions, and what tells
 * who somebody is, are never left out. An event that is left out is answered {@link CaptureResult#SAMPLED} and counted.
 * One that is kept says in the property {@code $sample_rate} how many it stands for, if it is more than itself: add up {@code 1 /
 * $sample_rate}, with 1 where there is none, and you have what was captured. An event that has the property already keeps its
 * own.
 *
 * <p><b>Threads:</b> immutable; any thread. The builder belongs to one thread.
 */
public final class SamplingRules {

    /** No rules: nothing is left out. */
    public static final SamplingRules NONE = builder().build();

    private final Map<String, SamplingRule> rules;

    private SamplingRules(Map<String, SamplingRule> rules) {
        this.rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /**
     * Begins rules.
     *
     * @return a builder without rules
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The rules.
     *
     * @return event name to rule, in the order given; unmodifiable
     */
    public Map<String, SamplingRule> rules() {
        return rules;
    }

    @Override
    public String toString() {
        return "SamplingRules" + rules;
    }

    /**
     * Collects rules, one for each name.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private static final int MAX_PER_SECOND = 1_000_000;
        private static final Set<String> NEVER_LEFT_OUT =
                Set.of("$identify", "$set", "$create_alias", "$groupidentify", "$exception");

        private final Map<String, SamplingRule> rules = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Keeps a share of the persons, with all their events of this name: the same person is in or out, in every process
         * and after every restart, and whoever is in at one rate is in at every higher one, whatever the name.
         *
         * <p>A person is in if a number made from the distinct id is less than the rate: its {@link String#hashCode()}, mixed
         * by the finaliser of the 32-bit MurmurHash3 and divided, as an unsigned number, by 2<sup>32</sup>. Events without a
         * distinct id are kept as {@link #sampleRandomly} says.
         *
         * @param event the event's name
         * @param rate the share to keep, from 0 (none) to 1 (all)
         * @return this
         * @throws IllegalArgumentException if the rate is out of range, or the name is blank, never left out or has a rule
         */
        public Builder sample(String event, double rate) {
            return add(event, new SamplingRule.OfPersons(share(event, rate)));
        }

        /**
         * Keeps a share of the events, each by itself. An event is in or out by its UUID, so that one captured twice under the
         * same UUID is treated the same way twice.
         *
         * @param event the event's name
         * @param rate the share to keep, from 0 (none) to 1 (all)
         * @return this
         * @throws IllegalArgumentException if the rate is out of range, or the name is blank, never left out or has a rule
         */
        public Builder sampleRandomly(String event, double rate) {
            return add(event, new SamplingRule.OfEvents(share(event, rate)));
        }

        /**
         * Keeps so many events a second, in this client. After a pause a second's worth may come at once, so that in any
         * {@code t} seconds at most {@code (t + 1) * perSecond} are kept. The next event that is kept stands for those left
         * out before it.
         *
         * @param event the event's name
         * @param perSecond how many to keep, from 1 to 1,000,000
         * @return this
         * @throws IllegalArgumentException if the number is out of range, or the name is blank, never left out or has a rule
         */
        public Builder limit(String event, int perSecond) {
            OptionCheck.range(perSecond, "limit of \"" + event + '"', 1, MAX_PER_SECOND);
            return add(event, new SamplingRule.Limit(perSecond));
        }

        private static double share(String event, double rate) {
            return OptionCheck.share(rate, "sampling rate of \"" + event + '"', 0, 1);
        }

        private Builder add(String event, SamplingRule rule) {
            if (event == null || event.isBlank() || event.equals("*")) {
                throw new IllegalArgumentException("sampling rules need the name of an event, not blank and not *");
            }
            if (NEVER_LEFT_OUT.contains(event)) {
                throw new IllegalArgumentException(event + " cannot have a sampling rule: it is never left out");
            }
            if (rules.putIfAbsent(event, rule) != null) {
                throw new IllegalArgumentException("event \"" + event + "\" has a sampling rule already");
            }
            return this;
        }

        /**
         * Makes the rules. The builder can be used further; what it made does not change.
         *
         * @return the rules
         */
        public SamplingRules build() {
            return new SamplingRules(rules);
        }
    }
}
