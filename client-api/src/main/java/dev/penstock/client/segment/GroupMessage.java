package dev.penstock.client.segment;

import java.util.Map;

/**
 * Tells what group somebody belongs to. Needs the id of a group, and a user id or an anonymous id.
 *
 * <p><b>Threads:</b> as every {@link Message}.
 */
public final class GroupMessage extends Message {

    private final String groupId;
    private final Traits traits;

    private GroupMessage(Builder builder) {
        super(builder);
        this.groupId = builder.groupId;
        this.traits = builder.traits;
    }

    /**
     * Begins a message.
     *
     * @param groupId the group; without one, null or blank, the message is invalid
     * @return a builder
     */
    public static Builder builder(String groupId) {
        return new Builder(groupId);
    }

    @Override
    public MessageType type() {
        return MessageType.GROUP;
    }

    /**
     * The group.
     *
     * @return the id as given, or null
     */
    public String groupId() {
        return groupId;
    }

    /**
     * What is known of the group.
     *
     * @return the traits, or null if none were given
     */
    public Traits traits() {
        return traits;
    }

    /**
     * Collects a group message.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder extends Message.Builder<Builder> {

        private final String groupId;
        private Traits traits;

        private Builder(String groupId) {
            this.groupId = groupId;
        }

        /**
         * Sets {@code traits}: what is known of the group.
         *
         * @param traits the traits; null means none
         * @return this
         */
        public Builder traits(Traits traits) {
            this.traits = traits;
            return this;
        }

        /**
         * Sets {@code traits}: what is known of the group. What the map throws while it is read is thrown on.
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
        public GroupMessage build() {
            return new GroupMessage(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
