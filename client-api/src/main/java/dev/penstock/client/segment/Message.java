package dev.penstock.client.segment;

import java.time.Instant;
import java.util.Optional;

/**
 * One message to Segment, built as a value. {@link MessageBuilder} is the way to say the same without objects.
 *
 * <pre>{@code
 * analytics.enqueue(TrackMessage.builder("Item Bought")
 *         .userId("u-19")
 *         .properties(Properties.builder().sku("sword-3").price(4.5).build())
 *         .build());
 * }</pre>
 *
 * <p>Building checks nothing and never throws. A message that lacks what its type needs is answered {@link
 * dev.penstock.client.CaptureResult#INVALID} by {@code enqueue}; {@link #problem()} says so before. It is {@code enqueue} that
 * turns all values into bytes; until then the values within its maps are the caller's and must not change.
 *
 * <p><b>Threads:</b> immutable, as far as those values are; any. A builder belongs to one thread. <b>Allocation:</b> the
 * message, its builder and the maps in it.
 */
public abstract sealed class Message
        permits IdentifyMessage, TrackMessage, PageMessage, ScreenMessage, GroupMessage, AliasMessage {

    private final String messageId;
    private final String userId;
    private final String anonymousId;
    private final Instant timestamp;
    private final Context context;
    private final Integrations integrations;

    Message(Builder<?> builder) {
        this.messageId = builder.messageId;
        this.userId = builder.userId;
        this.anonymousId = builder.anonymousId;
        this.timestamp = builder.timestamp;
        this.context = builder.context;
        this.integrations = builder.integrations;
    }

    /**
     * Which of the six messages it is.
     *
     * @return the type; never null
     */
    public abstract MessageType type();

    /**
     * The id by which the server recognises duplicates.
     *
     * @return the id as given; null or blank means one that the client makes, or its id source
     */
    public String messageId() {
        return messageId;
    }

    /**
     * Whom the message is about.
     *
     * @return the id as given, or null
     */
    public String userId() {
        return userId;
    }

    /**
     * Whom the message is about, when they are not known by name.
     *
     * @return the id as given, or null
     */
    public String anonymousId() {
        return anonymousId;
    }

    /**
     * When it happened.
     *
     * @return the instant; null means when it is enqueued
     */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * The message's own context.
     *
     * @return the context, or null if none was given
     */
    public Context context() {
        return context;
    }

    /**
     * Where the message goes.
     *
     * @return the integrations, or null if none were given
     */
    public Integrations integrations() {
        return integrations;
    }

    /**
     * What {@code enqueue} would answer {@link dev.penstock.client.CaptureResult#INVALID} for, said beforehand and without a
     * client.
     *
     * @return the sentence that {@code enqueue} would log, such as {@code "track without an event name is dropped"}; empty if
     *     the message is valid
     */
    public final Optional<String> problem() {
        return Optional.ofNullable(MessageRules.problem(this));
    }

    /**
     * Shows the type and the message id, no content.
     *
     * @return the text
     */
    @Override
    public final String toString() {
        return "Message{type=" + type().wireName() + ", messageId=" + messageId + '}';
    }

    /**
     * Collects what all messages have. Given twice, the last value counts. A builder can be used further after {@link
     * #build()}: what was built does not change.
     *
     * <p><b>Threads:</b> one thread at a time.
     *
     * @param <B> the builder of one type of message
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits IdentifyMessage.Builder,
                    TrackMessage.Builder,
                    PageMessage.Builder,
                    ScreenMessage.Builder,
                    GroupMessage.Builder,
                    AliasMessage.Builder {

        private String messageId;
        private String userId;
        private String anonymousId;
        private Instant timestamp;
        private Context context;
        private Integrations integrations;

        Builder() {}

        /**
         * Sets {@code messageId}, by which the server recognises duplicates; it stays the same over all retries.
         *
         * @param messageId the id, under 100 characters; null or blank means what the client's configured id source gives, or
         *     a new UUIDv7
         * @return this
         */
        public B messageId(String messageId) {
            this.messageId = messageId;
            return self();
        }

        /**
         * Sets {@code userId}: whom the message is about. Every message needs this id or an {@linkplain #anonymousId
         * anonymous} one; an alias needs this one, and so does an identify without traits.
         *
         * @param userId the id; null or blank means none
         * @return this
         */
        public B userId(String userId) {
            this.userId = userId;
            return self();
        }

        /**
         * Sets {@code anonymousId}: an id for somebody who is not known by name.
         *
         * @param anonymousId the id; null or blank means none
         * @return this
         */
        public B anonymousId(String anonymousId) {
            this.anonymousId = anonymousId;
            return self();
        }

        /**
         * Sets {@code timestamp}: when it happened, now or in the past.
         *
         * @param timestamp the instant, between the years 0000 and 9999; null means when the message is enqueued
         * @return this
         */
        public B timestamp(Instant timestamp) {
            this.timestamp = timestamp;
            return self();
        }

        /**
         * Sets {@code context}: the message's own.
         *
         * @param context the context; null means none
         * @return this
         */
        public B context(Context context) {
            this.context = context;
            return self();
        }

        /**
         * Sets {@code integrations}: where the message goes.
         *
         * @param integrations destinations; null says nothing
         * @return this
         */
        public B integrations(Integrations integrations) {
            this.integrations = integrations;
            return self();
        }

        /**
         * Builds the message. The builder can be used further.
         *
         * @return a message; never null
         */
        public abstract Message build();

        abstract B self();
    }
}
