package dev.penstock.client.segment;

import java.util.Map;

/**
 * Tells what somebody did. Needs the name of an event, and a user id or an anonymous id.
 *
 * <p><b>Threads:</b> as every {@link Message}.
 */
public final class TrackMessage extends Message {

    private final String event;
    private final Properties properties;

    private TrackMessage(Builder builder) {
        super(builder);
        this.event = builder.event;
        this.properties = builder.properties;
    }

    /**
     * Begins a message.
     *
     * @param event the event's name; without one, null or blank, the message is invalid
     * @return a builder
     */
    public static Builder builder(String event) {
        return new Builder(event);
    }

    @Override
    public MessageType type() {
        return MessageType.TRACK;
    }

    /**
     * What was done.
     *
     * @return the event's name as given, or null
     */
    public String event() {
        return event;
    }

    /**
     * What is known of the event.
     *
     * @return the properties, or null if none were given
     */
    public Properties properties() {
        return properties;
    }

    /**
     * Collects a track message.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder extends Message.Builder<Builder> {

        private final String event;
        private Properties properties;

        private Builder(String event) {
            this.event = event;
        }

        /**
         * Sets {@code properties}: what is known of the event.
         *
         * @param properties the properties; null means none
         * @return this
         */
        public Builder properties(Properties properties) {
            this.properties = properties;
            return this;
        }

        /**
         * Sets {@code properties}: what is known of the event. What the map throws while it is read is thrown on.
         *
         * @param properties names and values, read during the call; null means none
         * @return this
         */
        public Builder properties(Map<String, ?> properties) {
            this.properties = properties == null
                    ? null
                    : Properties.builder().putAll(properties).build();
            return this;
        }

        @Override
        public TrackMessage build() {
            return new TrackMessage(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
