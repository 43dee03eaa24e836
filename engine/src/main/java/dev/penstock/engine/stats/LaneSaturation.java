package dev.penstock.engine.stats;

/**
 * What one lane tells of how full its ring is.
 *
 * <p><b>Threads:</b> the lane's pipeline thread.
 */
@FunctionalInterface
public interface LaneSaturation {

    /** Nobody listens. */
    LaneSaturation NONE = occupied -> {};

    /**
     * Looks at the ring; called once a turn.
     *
     * @param occupied how many of its slots are taken
     */
    void look(long occupied);
}
