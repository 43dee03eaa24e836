package dev.penstock.engine.capture;

/** Keeps a share of the persons, the same ones always; events about nobody each by themselves. */
record PersonSampler(double rate, ChanceSampler chance) implements EventSampler {

    private static final double TWO_TO_THE_32ND = 0x1p32;

    PersonSampler(double rate) {
        this(rate, new ChanceSampler(rate));
    }

    @Override
    public long admit(CharSequence distinctId, long uuidHigh, long uuidLow) {
        if (distinctId == null) {
            return chance.admit(null, uuidHigh, uuidLow);
        }
        return position(distinctId) < rate ? 0 : LEFT_OUT;
    }

    /** From 0 to below 1: the mixed hash of the id. Users are told how it is made, so it stays as it is. */
    static double position(CharSequence distinctId) {
        int hash = 0; // as that of a string
        for (int i = 0; i < distinctId.length(); i++) {
            hash = 31 * hash + distinctId.charAt(i);
        }
        hash = (hash ^ (hash >>> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2_AE35;
        hash ^= hash >>> 16;
        return (hash & 0xFFFF_FFFFL) / TWO_TO_THE_32ND;
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
