package dev.penstock.benchmarks.layout;

/**
 * What both layouts do: take the values of one reference event, and later write it as JSON.
 * <p>
 * The values are arguments and not an object, so that neither the caller's carrier nor its card marks are measured.
 */
interface SlotRing {
    /**
     * Captures one {@code ad_impression}.
     * <p>
     * <b>Threads:</b> any thread, lock-free. <b>Allocation:</b> none.
     *
     * @return false if the ring is full
     */
    boolean capture(
            String distinctId,
            String placement,
            String campaign,
            String country,
            String device,
            String sessionId,
            long position,
            boolean viewable,
            double price);

    /**
     * Writes what is published now, at most a ring full, to the JSON buffer given at construction.
     * <p>
     * <b>Threads:</b> one consumer. <b>Allocation:</b> none.
     *
     * @return events written
     */
    int drain();
}
