package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.spool.LossSink;
import dev.penstock.engine.spool.RecordIds;

/**
 * Tells whoever wants to know of events that the spool has given up; it counts them itself. Log records are nobody's events.
 *
 * <p><b>Threads:</b> only the spool's.
 *
 * @param settlements told of outcomes
 */
public record SpoolLosses(SettlementSink settlements) implements LossSink {

    @Override
    public void lost(RecordIds ids, int events, String reason) {
        if (ids != null && StoredEnvelope.carriesEvents(ids.protocol()) && settlements.wantsOutcomes()) {
            settlements.settled(LostEvents.ended(ids.uuids(), new Ending(Outcome.DISCARDED, reason)));
        }
    }
}
