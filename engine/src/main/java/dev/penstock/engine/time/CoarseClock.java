package dev.penstock.engine.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.InstantSource;

/**
 * The wall clock as the pipeline last read it: half a nanosecond for a producer where a clock read costs 25.
 *
 * <p>It is as old as the pipeline's turn: about a millisecond, two when idle. It follows its source wherever that goes,
 * backwards too.
 *
 * <p><b>Threads:</b> any; the pipelines update, and with several of them the last one wins.
 */
public final class CoarseClock {

    private static final VarHandle MILLIS;

    static {
        try {
            MILLIS = MethodHandles.lookup().findVarHandle(CoarseClock.class, "millis", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** 0000-01-01T00:00:00Z. As a number, because the first text that is parsed costs a start ten milliseconds. */
    private static final long MIN_MILLIS = -62_167_219_200_000L;

    /** 9999-12-31T23:59:59.999Z. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private final InstantSource source;

    // Written by the pipeline every turn, read by all producers: kept away from whatever the heap puts next to it.
    @SuppressWarnings("unused")
    private long before1, before2, before3, before4, before5, before6, before7;

    @SuppressWarnings("unused") // through MILLIS
    private long millis;

    @SuppressWarnings("unused")
    private long after1, after2, after3, after4, after5, after6, after7;

    /**
     * Makes a clock and reads its source once.
     *
     * @param source the wall clock
     */
    public CoarseClock(InstantSource source) {
        this.source = source;
        this.millis = writable(source.millis());
    }

    /** Reads the source. */
    public void update() {
        MILLIS.setOpaque(this, writable(source.millis()));
    }

    /** The wire has room for four digits of year. */
    private static long writable(long millis) {
        return Math.max(MIN_MILLIS, Math.min(MAX_MILLIS, millis));
    }

    /**
     * The time of the last update.
     *
     * @return milliseconds since the epoch
     */
    public long millis() {
        return (long) MILLIS.getOpaque(this);
    }
}
