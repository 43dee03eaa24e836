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
 * <p><b>Threads:</b> one updates, any reads.
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
        this.millis = source.millis();
    }

    /** Reads the source. */
    public void update() {
        MILLIS.setOpaque(this, source.millis());
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
