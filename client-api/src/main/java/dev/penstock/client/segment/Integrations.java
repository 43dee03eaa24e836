package dev.penstock.client.segment;

import java.util.Map;

/**
 * Where a message goes: which destinations get it, and what they are told.
 *
 * <pre>{@code
 * Integrations onlyMixpanel = Integrations.builder().disableAll().enable("Mixpanel").build();
 * }</pre>
 *
 * <p>A destination's name has its exact case. A name given twice keeps its last value. Options are copied one level deep;
 * their values stay the caller's until {@code enqueue} turns them into bytes.
 *
 * <p><b>Threads:</b> immutable, as far as the options' values are; any. A builder belongs to one thread. <b>Allocation:</b>
 * this, its builder and its maps.
 */
public final class Integrations implements TypedValue {

    private static final String ALL = "All";

    private final Map<String, Object> members;

    private Integrations(Builder builder) {
        this.members = builder.members.frozen();
    }

    /**
     * Begins integrations.
     *
     * @return a builder with nothing in it
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What is written.
     *
     * @return an unmodifiable map from a destination's name to a boolean or a map of options, in the order given
     */
    @Override
    public Map<String, Object> asMap() {
        return members;
    }

    /**
     * Shows how many destinations are named, not which.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "Integrations{members=" + members.size() + '}';
    }

    /**
     * Collects integrations.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Members members = new Members();

        private Builder() {}

        /**
         * Writes {@code All} as true: destinations that are not named get the message, as they do if nothing is said.
         *
         * @return this
         */
        public Builder enableAll() {
            return enable(ALL);
        }

        /**
         * Writes {@code All} as false: destinations that are not named do not get the message.
         *
         * @return this
         */
        public Builder disableAll() {
            return disable(ALL);
        }

        /**
         * Sends the message to a destination.
         *
         * @param name the destination's name; null or blank is dropped and counted by the client
         * @return this
         */
        public Builder enable(String name) {
            members.put(name, true);
            return this;
        }

        /**
         * Keeps the message from a destination.
         *
         * @param name the destination's name; null or blank is dropped and counted by the client
         * @return this
         */
        public Builder disable(String name) {
            members.put(name, false);
            return this;
        }

        /**
         * Sends the message to a destination with options. What the map throws while it is read is thrown on.
         *
         * @param name the destination's name; null or blank is dropped and counted by the client
         * @param options what the destination is told, read during the call; null says nothing and takes back nothing
         * @return this
         */
        public Builder options(String name, Map<String, ?> options) {
            if (options != null) {
                Members copy = new Members();
                copy.putAll(options);
                members.put(name, copy.frozen());
            }
            return this;
        }

        /**
         * Builds what was collected. The builder can be used further.
         *
         * @return integrations; never null
         */
        public Integrations build() {
            return new Integrations(this);
        }
    }
}
