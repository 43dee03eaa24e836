package dev.penstock.engine.listener;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.Body;
import java.util.List;
import java.util.UUID;

/**
 * Events of one batch that have ended: all of them, or a selection.
 *
 * <p><b>Threads:</b> immutable, and so is the body: nobody renews it any more.
 */
public final class SettledEvents {

    private final Body body;
    private final int[] starts;
    private final long[] uuids;
    private final int[] selection;
    private final Ending common;
    private final List<Ending> endings;

    private SettledEvents(Body body, int[] starts, long[] uuids, int[] selection, Ending common, List<Ending> endings) {
        this.body = body;
        this.starts = starts;
        this.uuids = uuids;
        this.selection = selection;
        this.common = common;
        this.endings = endings;
    }

    /**
     * A whole batch that ended in one way.
     *
     * @param body the batch's body
     * @param starts where each event's JSON begins in {@link Body#readEvents()}, and as the last element where the next
     *     one would
     * @param uuids two halves for each event
     * @param ending how they ended
     * @return the events
     */
    public static SettledEvents all(Body body, int[] starts, long[] uuids, Ending ending) {
        return new SettledEvents(body, starts, uuids, null, ending, null);
    }

    /**
     * Some events of a batch, each with its own ending.
     *
     * @param body the batch's body
     * @param starts where each event's JSON begins, as for {@link #all}
     * @param uuids two halves for each event of the batch
     * @param selection which events of the batch, in order
     * @param endings how each of the selected ended
     * @return the events
     */
    public static SettledEvents some(Body body, int[] starts, long[] uuids, int[] selection, List<Ending> endings) {
        return new SettledEvents(body, starts, uuids, selection, null, endings);
    }

    /**
     * The body they are in, perhaps beside others.
     *
     * @return the body
     */
    public Body body() {
        return body;
    }

    /**
     * How many events there are.
     *
     * @return the count
     */
    public int count() {
        return selection == null ? starts.length - 1 : selection.length;
    }

    /**
     * How many ended in one way.
     *
     * @param outcome the way
     * @return the count
     */
    public int count(Outcome outcome) {
        if (common != null) {
            return common.outcome() == outcome ? count() : 0;
        }
        int count = 0;
        for (Ending ending : endings) {
            if (ending.outcome() == outcome) {
                count++;
            }
        }
        return count;
    }

    /**
     * How an event ended.
     *
     * @param i which, from 0
     * @return outcome and reason
     */
    public Ending ending(int i) {
        return common != null ? common : endings.get(i);
    }

    /**
     * An event's id.
     *
     * @param i which, from 0
     * @return the UUID
     */
    public UUID uuid(int i) {
        int at = at(i);
        return new UUID(uuids[2 * at], uuids[2 * at + 1]);
    }

    /**
     * Where an event's JSON begins in {@link Body#readEvents()}.
     *
     * @param i which, from 0
     * @return the index of its first byte
     */
    public int start(int i) {
        return starts[at(i)];
    }

    /**
     * Where an event's JSON ends.
     *
     * @param i which, from 0
     * @return the index behind its last byte
     */
    public int end(int i) {
        return starts[at(i) + 1] - 1; // without the comma
    }

    private int at(int i) {
        return selection == null ? i : selection[i];
    }
}
