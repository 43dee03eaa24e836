package dev.penstock.client;

import java.util.Objects;

/**
 * One thing that a self check has looked at.
 *
 * <p>No text ever holds a key, a header's value or an event.
 *
 * <p><b>Threads:</b> immutable; any thread.
 *
 * @param name what was looked at: {@code client}, {@code dns}, {@code tcp}, {@code proxy}, {@code tls}, {@code key},
 *     {@code body} or {@code clock}
 * @param status how it ended
 * @param finding what was found, in a sentence; never null
 * @param remedy what to do about it, in a sentence or two; never null, empty where there is nothing to do
 */
public record SelfCheckStep(String name, SelfCheckStatus status, String finding, String remedy) {

    /**
     * Checks that nothing is null.
     *
     * @param name what was looked at
     * @param status how it ended
     * @param finding what was found
     * @param remedy what to do about it
     * @throws NullPointerException if something is
     */
    public SelfCheckStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(remedy, "remedy");
    }
}
