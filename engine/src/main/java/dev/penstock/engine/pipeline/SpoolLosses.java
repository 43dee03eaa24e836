package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.spool.LossSink;

/**
 * Tells whoever wants to know of events that the spool has given up; it counts them itself.
 *
 * <p><b>Threads:</b> only the spool's.
 *
 * @param settlements told of outcomes
 */
public record SpoolLosses(SettlementSink settlements) implements LossSink {

    @Override
    public void lost(long[] uuids, int events, String reason) {
        if (uuids != null && settlements.wantsOutcomes()) {
            settlements.settled(LostEvents.ended(uuids, new Ending(Outcome.DISCARDED, reason)));
        }
    }
}
