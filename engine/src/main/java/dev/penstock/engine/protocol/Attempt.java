package dev.penstock.engine.protocol;

import java.util.UUID;

/**
 * One try of a batch, as far as the wire tells one from another.
 *
 * @param requestId the same over all tries of a batch, and no other batch's
 * @param number 1 for the first
 * @param epochMillis the time of this try; differs from that of the one before
 * @param firstMillis the time of the first
 */
public record Attempt(UUID requestId, int number, long epochMillis, long firstMillis) {

    /** Tries that follow at once may have been helped on by some milliseconds. */
    private static final long STILL_MS = 100;

    /**
     * The first try of a batch.
     *
     * @param requestId no other batch's
     * @param epochMillis the time
     * @return the try
     */
    public static Attempt first(UUID requestId, long epochMillis) {
        return new Attempt(requestId, 1, epochMillis, epochMillis);
    }

    /**
     * The try after this one.
     *
     * @param now the time; a clock that has hardly moved is helped on by a millisecond, one that was set back is believed
     * @return the try
     */
    public Attempt next(long now) {
        boolean still = now <= epochMillis && now > epochMillis - STILL_MS;
        return new Attempt(requestId, number + 1, still ? epochMillis + 1 : now, firstMillis);
    }
}
