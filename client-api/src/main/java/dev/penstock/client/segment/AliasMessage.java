package dev.penstock.client.segment;

/**
 * Gives somebody a new id. Needs both: {@code userId} is the new id, {@code previousId} the one it replaces.
 *
 * <p><b>Threads:</b> as every {@link Message}.
 */
public final class AliasMessage extends Message {

    private final String previousId;

    private AliasMessage(Builder builder) {
        super(builder);
        this.previousId = builder.previousId;
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
        return MessageType.ALIAS;
    }

    /**
     * The id they were known by until now.
     *
     * @return the id as given, or null
     */
    public String previousId() {
        return previousId;
    }

    /**
     * Collects an alias message.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder extends Message.Builder<Builder> {

        private String previousId;

        private Builder() {}

        /**
         * Sets {@code previousId}: the id they were known by until now.
         *
         * @param previousId the id; without one, null or blank, the message is invalid
         * @return this
         */
        public Builder previousId(String previousId) {
            this.previousId = previousId;
            return this;
        }

        @Override
        public AliasMessage build() {
            return new AliasMessage(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
