package dev.penstock.engine.capture;

/** Keeps a share of the events, each by its UUID: one that comes twice is treated the same way twice. */
record ChanceSampler(double rate) implements EventSampler {

    private static final double TWO_TO_THE_53RD = 0x1p53;

    @Override
    public long admit(CharSequence distinctId, long uuidHigh, long uuidLow) {
        return position(uuidHigh, uuidLow) < rate ? 0 : LEFT_OUT;
    }

    /** From 0 to below 1. Parts of a UUID are a time or a constant, so all of it is mixed. */
    static double position(long uuidHigh, long uuidLow) {
        return (mixed(uuidHigh ^ mixed(uuidLow)) >>> 11) / TWO_TO_THE_53RD;
    }

    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return hash ^ (hash >>> 31);
    }

    @Override
    public double rate(long leftOut) {
        return rate;
    }

    @Override
    public void giveBack(long leftOut) {
        // Nobody is counted.
    }
}
