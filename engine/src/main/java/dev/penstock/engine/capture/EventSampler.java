package dev.penstock.engine.capture;

/**
 * Decides which events of one name are left out.
 *
 * <p><b>Threads:</b> any; lock-free. <b>Allocation:</b> none.
 */
sealed interface EventSampler permits PersonSampler, ChanceSampler, RateLimit {

    /** Answer of {@link #admit}: the event is left out. */
    long LEFT_OUT = -1;

    /**
     * Decides on an event.
     *
     * @param distinctId whom it is about, or null
     * @param uuidHigh upper half of its UUID
     * @param uuidLow lower half of its UUID
     * @return how many events that were left out it stands for by itself, or {@link #LEFT_OUT}
     */
    long admit(CharSequence distinctId, long uuidHigh, long uuidLow);

    /**
     * The share of all events that one like this is.
     *
     * @param leftOut what {@link #admit} gave for it
     * @return above 0, at most 1
     */
    double rate(long leftOut);

    /**
     * Takes back what an event stood for that does not say so; the next one will stand for them.
     *
     * @param leftOut what {@link #admit} gave for it
     */
    void giveBack(long leftOut);
}
