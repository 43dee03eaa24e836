package dev.penstock.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The events of one request that count as received.
 *
 * @param contents their ids and places
 * @param events the same as objects; empty where nothing was read but counted
 */
record Kept(BatchContents contents, List<ReceivedEvent> events) {
    static final Kept NOTHING = new Kept(new BatchContents(), List.of());

    /** Those of all events that a host holds after answering so. */
    static Kept of(BatchContents contents, EventResults results, Answer answer, List<ReceivedEvent> events) {
        if (results.keepsAll()) {
            return new Kept(contents, events);
        }
        IntPredicate kept = answer.storesWhateverTheVerdict() ? event -> !contents.isRefused(event) : results::keeps;
        List<ReceivedEvent> some = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            if (kept.test(event)) {
                some.add(events.get(event));
            }
        }
        return new Kept(contents.only(kept), some);
    }

    boolean isNothing() {
        return contents.count() == 0;
    }
}
