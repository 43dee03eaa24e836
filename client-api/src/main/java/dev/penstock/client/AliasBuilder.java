package dev.penstock.client;

import java.time.Instant;
import java.util.UUID;

/**
 * Gives a person a second id. Both ids are named, because clients differ in their order.
 *
 * <pre>{@code
 * client.alias().distinctId("guest-5f2").alias("player-77").send();
 * }</pre>
 *
 * <p>It does not change whom later events belong to.
 *
 * <p><b>Threads:</b> one thread at a time. <b>Allocation:</b> the builder.
 */
public interface AliasBuilder {

    /**
     * Sets the id that is known already: the event's own distinct id.
     *
     * @param distinctId the id; null or blank is answered with {@link CaptureResult#INVALID}
     * @return this
     */
    AliasBuilder distinctId(String distinctId);

    /**
     * Sets the id that is to mean the same person.
     *
     * @param alias the second id; null or blank is answered with {@link CaptureResult#INVALID}
     * @return this
     */
    AliasBuilder alias(String alias);

    /**
     * Sets the event's UUID.
     *
     * @param uuid the id; null means a new one
     * @return this
     */
    AliasBuilder uuid(UUID uuid);

    /**
     * Sets when it happened.
     *
     * @param timestamp the instant; null means now
     * @return this
     */
    AliasBuilder timestamp(Instant timestamp);

    /**
     * Publishes the event.
     *
     * @return what became of it; never null
     */
    CaptureResult send();
}
