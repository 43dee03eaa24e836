package dev.penstock.engine.watchdog;

/**
 * Decides whether one part stands still.
 *
 * <p>Only time that the watchdog itself has seen pass counts: a process that was stopped, or a collector's long pause,
 * holds everybody up and is nobody's fault.
 *
 * <p><b>Threads:</b> the watchdog's.
 */
final class StallDetector {

    /** What a look has found. */
    enum Finding {
        /** Nothing new. */
        NOTHING,
        /** It has stood still for too long; found once until it goes on. */
        STALL,
        /** It goes on, or has nothing more to do. */
        GOES_ON
    }

    private final long timeoutNs;
    private final long maxStepNs;
    private boolean begun;
    private long lastNs;
    private long lastProgress;
    private long stoodNs;
    private long lastStallNs;
    private boolean stalled;

    /**
     * Makes a detector.
     *
     * @param timeoutNs how long the part may stand with work to do
     * @param maxStepNs how much time one look stands for, at most
     */
    StallDetector(long timeoutNs, long maxStepNs) {
        this.timeoutNs = timeoutNs;
        this.maxStepNs = maxStepNs;
    }

    /** Takes a look at this time; the first is only the beginning. */
    Finding look(long nowNs, long progress, boolean hasWork) {
        boolean stands = begun && hasWork && progress == lastProgress;
        long passedNs = Math.min(nowNs - lastNs, maxStepNs);
        begun = true;
        lastNs = nowNs;
        lastProgress = progress;
        return stands ? stand(passedNs) : goOn();
    }

    private Finding stand(long passedNs) {
        stoodNs += passedNs;
        if (stalled || stoodNs < timeoutNs) {
            return Finding.NOTHING;
        }
        stalled = true;
        return Finding.STALL;
    }

    private Finding goOn() {
        lastStallNs = stoodNs;
        stoodNs = 0;
        if (!stalled) {
            return Finding.NOTHING;
        }
        stalled = false;
        return Finding.GOES_ON;
    }

    boolean isStalled() {
        return stalled;
    }

    /** How long it has stood, or stood before it went on with this look. */
    long stoodNs() {
        return stalled ? stoodNs : lastStallNs;
    }
}
