package dev.penstock.engine;

import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;

/**
 * Tells of outcomes: those who wait for one, and the user's listener.
 *
 * <p><b>Threads:</b> pipeline threads.
 */
final class Settlements implements SettlementSink {

    private final AwaitedOutcomes awaited;
    private final ListenerThread listener;

    /** {@code listener} may be null. */
    Settlements(AwaitedOutcomes awaited, ListenerThread listener) {
        this.awaited = awaited;
        this.listener = listener;
    }

    @Override
    public boolean wantsOutcomes() {
        return awaited.isAnyAwaited() || (listener != null && listener.wantsOutcomes());
    }

    @Override
    public void settled(SettledEvents events) {
        awaited.settled(events);
        if (listener != null && listener.wantsOutcomes()) {
            listener.settled(events);
        }
    }
}
