package dev.penstock.stress.account;

/**
 * Gives each event of a run a UUID made of the run's seed, its producer and its number, and reads them back.
 * <p>
 * Neighbours look unlike each other, as those of real ids do. <b>Threads:</b> immutable; any. <b>Allocation:</b> none.
 */
public final class EventIds {
    /** What {@link #find} answers for an id of nobody. */
    public static final long NONE = -1;

    private static final int NUMBER_BITS = 32;
    private static final long LOW_BITS = (1L << 62) - 1;
    private static final long VARIANT = 1L << 63;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION = 0x4000L;
    /** Odd, so that it has an inverse modulo any power of two. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private static final long INVERSE = inverse();

    private final long high;
    private final int producers;

    /**
     * Makes the ids of a run.
     *
     * @param seed tells one run from another
     * @param producers how many producers there are
     */
    public EventIds(long seed, int producers) {
        long mixed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        this.high = ((mixed ^ (mixed >>> 31)) & ~VERSION_BITS) | VERSION;
        this.producers = producers;
    }

    private static long inverse() {
        long inverse = FACTOR;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - FACTOR * inverse;
        }
        return inverse;
    }

    /**
     * The first half, the same for all events of a run.
     *
     * @return the most significant bits
     */
    public long high() {
        return high;
    }

    /**
     * The second half.
     *
     * @param producer from 0
     * @param number from 0
     * @return the least significant bits
     */
    public long low(int producer, int number) {
        long place = ((long) producer << NUMBER_BITS) | number;
        return ((place * FACTOR) & LOW_BITS) | VARIANT;
    }

    /**
     * Whose an id is.
     *
     * @param idHigh its first half
     * @param idLow its second half
     * @return the place, for {@link #producer} and {@link #number}; {@link #NONE} if it is not of this run
     */
    public long find(long idHigh, long idLow) {
        long place = ((idLow & LOW_BITS) * INVERSE) & LOW_BITS;
        boolean known = idHigh == high && (idLow & ~LOW_BITS) == VARIANT && place >>> NUMBER_BITS < producers;
        return known && (int) place >= 0 ? place : NONE;
    }

    /**
     * The producer of a place.
     *
     * @param place as {@link #find} gave it
     * @return from 0
     */
    public static int producer(long place) {
        return (int) (place >>> NUMBER_BITS);
    }

    /**
     * The number of a place.
     *
     * @param place as {@link #find} gave it
     * @return from 0
     */
    public static int number(long place) {
        return (int) place;
    }
}
