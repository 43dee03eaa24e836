package dev.penstock.engine.listener;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.Body;

/**
 * Events of one batch that ended the same way.
 *
 * @param body the batch's body; nobody renews it any more
 * @param starts where each event's JSON begins in {@link Body#readEvents()}, and as the last element where the next one
 *     would
 * @param uuids two halves for each event
 * @param outcome how they ended
 * @param reason why
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SettledEvents(Body body, int[] starts, long[] uuids, Outcome outcome, String reason) {

    /**
     * How many events there are.
     *
     * @return the count
     */
    public int count() {
        return starts.length - 1;
    }
}
