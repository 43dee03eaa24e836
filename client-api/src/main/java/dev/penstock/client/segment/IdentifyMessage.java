package dev.penstock.client.segment;

import java.util.Map;

/**
 * Tells who somebody is. Needs a user id, or an anonymous id and at least one trait.
 *
 * <p><b>Threads:</b> as every {@link Message}.
 */
public final class IdentifyMessage extends Message {

    private final Traits traits;

    private IdentifyMessage(Builder builder) {
        super(builder);
        this.traits = builder.traits;
    }

    /**
     * Begins a message.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MessageType type() {
        return MessageType.IDENTIFY;
    }

    /**
     * What is known of the person.
     *
     * @return the traits, or null if none were given
     */
    public Traits traits() {
        return traits;
    }

    /**
     * Collects an identify message.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder extends Message.Builder<Builder> {

        private Traits traits;

        private Builder() {}

        /**
         * Sets {@code traits}: what is known of the person.
         *
         * @param traits the traits; null means none
         * @return this
         */
        public Builder traits(Traits traits) {
            this.traits = traits;
            return this;
        }

        /**
         * Sets {@code traits}: what is known of the person. What the map throws while it is read is thrown on.
         *
         * @param traits names and values, read during the call; null means none
         * @return this
         */
        public Builder traits(Map<String, ?> traits) {
            this.traits =
                    traits == null ? null : Traits.builder().putAll(traits).build();
            return this;
        }

        @Override
        public IdentifyMessage build() {
            return new IdentifyMessage(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
