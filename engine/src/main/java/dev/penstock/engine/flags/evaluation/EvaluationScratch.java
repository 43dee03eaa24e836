package dev.penstock.engine.flags.evaluation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.InstantSource;

/**
 * What one evaluation writes down: encoded ids, hashes, and what flags, cohorts and shared filters have come to.
 *
 * <p>Only primitive values are stored, and each with the number of its evaluation. So nothing has to be cleared between
 * evaluations, nothing of a caller's stays reachable, and no reference store into an old object costs the collector.
 *
 * <p><b>Threads:</b> whoever acquired it. <b>Allocation:</b> none, but for the first evaluation of larger definitions.
 */
final class EvaluationScratch extends PaddedState {

    /** Nothing is remembered. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final VarHandle IN_USE;

    static {
        try {
            IN_USE = MethodHandles.lookup().findVarHandle(EvaluationScratch.class, "inUse", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EvaluationClock clock;
    private final Bucketer bucketer;
    private EncodedId[] ids = {};
    private long[] flags = {};
    private long[] verdicts = {};
    private int evaluation;
    private boolean forMany;

    @SuppressWarnings("unused") // through IN_USE
    private volatile int inUse;

    EvaluationScratch(InstantSource clock, String algorithm) {
        this.clock = new EvaluationClock(clock);
        this.bucketer = new Bucketer(algorithm);
    }

    boolean tryAcquire() {
        return (int) IN_USE.getOpaque(this) == 0 && IN_USE.compareAndSet(this, 0, 1);
    }

    void release() {
        IN_USE.setRelease(this, 0);
    }

    /** The time, which stands still during an evaluation. */
    InstantSource clock() {
        return clock;
    }

    /** Begins an evaluation, of one flag or of many: everything remembered is forgotten. */
    void begin(FlagSnapshot snapshot, boolean many) {
        if (flags.length < snapshot.flagCells()
                || verdicts.length < snapshot.verdictCells()
                || ids.length < snapshot.buckets()
                || evaluation == Integer.MAX_VALUE) {
            prepare(snapshot);
        }
        evaluation++;
        forMany = many;
        clock.release();
    }

    boolean isForMany() {
        return forMany;
    }

    private void prepare(FlagSnapshot snapshot) {
        evaluation = 0;
        flags = new long[Math.max(flags.length, snapshot.flagCells())];
        verdicts = new long[Math.max(verdicts.length, snapshot.verdictCells())];
        ids = new EncodedId[Math.max(ids.length, snapshot.buckets())];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new EncodedId();
        }
    }

    /** Whether the platform has the digest. */
    boolean canHash() {
        return bucketer.isAvailable();
    }

    /** After a failure in the middle of something. */
    void reset() {
        bucketer.reset();
    }

    long hash(byte[] prefix, int bucket, String id, byte[] salt) {
        EncodedId encoded = ids[bucket];
        encoded.encode(id, evaluation);
        return bucketer.hash(prefix, encoded, salt);
    }

    long holdoutHash(int bucket, String id) {
        return ids[bucket].holdout(id, evaluation, bucketer);
    }

    int flag(int ordinal) {
        long cell = flags[ordinal];
        return (int) (cell >>> 32) == evaluation ? (int) cell : UNKNOWN;
    }

    void rememberFlag(int ordinal, int outcome) {
        flags[ordinal] = ((long) evaluation << 32) | (outcome & 0xFFFF_FFFFL);
    }

    int verdict(int cell) {
        long remembered = verdicts[cell];
        return (int) (remembered >>> 32) == evaluation ? (int) remembered : UNKNOWN;
    }

    void rememberVerdict(int cell, int verdict) {
        verdicts[cell] = ((long) evaluation << 32) | verdict;
    }
}
