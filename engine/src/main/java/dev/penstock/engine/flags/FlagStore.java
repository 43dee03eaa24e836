package dev.penstock.engine.flags;

import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;

/**
 * Where the state is published: one release store for a new one, one acquire load for an evaluation.
 *
 * <p><b>Threads:</b> reads from any; writes exclude each other.
 */
final class FlagStore {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(FlagStore.class, "state", FlagState.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through STATE
    private FlagState state;

    private final boolean definitionsExpected;

    /** Holds nothing yet; it matters to answers whether definitions are to come. */
    FlagStore(boolean definitionsExpected) {
        this.definitionsExpected = definitionsExpected;
        STATE.setRelease(this, FlagState.of(FlagSnapshot.EMPTY, null, definitionsExpected));
    }

    FlagState stateAcquire() {
        return (FlagState) STATE.getAcquire(this);
    }

    /** Publishes new definitions; answers those they replace. */
    synchronized FlagSnapshot publish(FlagSnapshot snapshot) {
        FlagState before = stateAcquire();
        STATE.setRelease(this, FlagState.of(snapshot, before.overrides(), definitionsExpected));
        return before.snapshot();
    }

    /** Publishes forced values; null for none. */
    synchronized void override(Map<String, EvaluatedFlag> overrides) {
        STATE.setRelease(this, FlagState.of(stateAcquire().snapshot(), overrides, definitionsExpected));
    }
}
