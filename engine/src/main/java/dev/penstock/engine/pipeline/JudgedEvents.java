package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.protocol.EventVerdict;
import dev.penstock.engine.protocol.Judgement;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/** What an answer's verdicts leave of a batch: events that have ended, and events to be sent again. */
final class JudgedEvents {

    private final IntArrayList ended = new IntArrayList();
    private final List<Ending> endings = new ArrayList<>();
    private final IntArrayList open = new IntArrayList();
    private int dropped;
    private String dropReason;
    private String retryReason;

    /** One judgement for each event, in order. */
    JudgedEvents(List<Judgement> judgements) {
        for (int i = 0; i < judgements.size(); i++) {
            take(i, judgements.get(i));
        }
    }

    private void take(int event, Judgement judgement) {
        if (judgement.verdict() == EventVerdict.RETRY) {
            open.addInt(event);
            retryReason = judgement.reason();
            return;
        }
        Outcome outcome = Outcome.DELIVERED;
        if (judgement.verdict() == EventVerdict.DROP) {
            outcome = Outcome.REFUSED;
            dropped++;
            dropReason = judgement.reason();
        }
        ended.addInt(event);
        endings.add(new Ending(outcome, judgement.reason()));
    }

    int[] ended() {
        return ended.toIntArray();
    }

    /** One for each of {@link #ended()}. */
    List<Ending> endings() {
        return endings;
    }

    int[] open() {
        return open.toIntArray();
    }

    boolean hasEnded() {
        return !ended.isEmpty();
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    int dropped() {
        return dropped;
    }

    /** The last reason for a drop, or null. */
    String dropReason() {
        return dropReason;
    }

    /** The last reason for a retry, or null. */
    String retryReason() {
        return retryReason;
    }
}
