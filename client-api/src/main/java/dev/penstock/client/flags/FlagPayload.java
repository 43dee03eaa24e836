package dev.penstock.client.flags;

import java.util.Optional;

/**
 * The payload that belongs to a flag's value: configuration that travels with the answer.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none for {@link #text()} and {@link #value()}, which are prepared
 * when definitions arrive; {@link #as(Class)} makes a new object.
 */
public interface FlagPayload {

    /**
     * The payload as it is configured: JSON text as a rule, but any text is allowed.
     *
     * @return the text; never null
     */
    String text();

    /**
     * The payload decoded from JSON, or the text itself where it is not JSON.
     *
     * @return a {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigInteger} or {@link Double}, or an
     *     unmodifiable {@link java.util.List} or {@link java.util.Map} of such values and nulls; never null
     */
    Object value();

    /**
     * The payload as an object of the application's: a record, a bean, or a simple type.
     *
     * @param <T> the type
     * @param type what to make
     * @return a new object, or empty if the payload does not fit the type, which is also logged once
     * @throws IllegalArgumentException if the type is null
     */
    <T> Optional<T> as(Class<T> type);
}
