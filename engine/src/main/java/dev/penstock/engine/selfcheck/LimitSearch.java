package dev.penstock.engine.selfcheck;

import dev.penstock.engine.transport.FetchAnswer;
import java.util.function.Predicate;

/** Finds, by halving, up to what size a body is taken, when one has been refused for its size. */
final class LimitSearch {

    private static final int MOST_REQUESTS = 6;

    private final EmptyBatches batches;
    private final Predicate<FetchAnswer> tooLarge;

    LimitSearch(EmptyBatches batches, Predicate<FetchAnswer> tooLarge) {
        this.batches = batches;
        this.tooLarge = tooLarge;
    }

    /**
     * Searches.
     *
     * @param refused the size that was refused
     * @param refusal the answer to it
     */
    Finding below(int refused, FetchAnswer refusal) {
        int taken = batches.smallestLength();
        int over = refused;
        try {
            for (int i = 0; i < MOST_REQUESTS && over - taken > 1; i++) {
                int middle = taken + (over - taken) / 2;
                if (tooLarge.test(batches.send(middle))) {
                    over = middle;
                } else {
                    taken = middle;
                }
            }
        } catch (CheckEndedException e) {
            return found(taken, over, refused, refusal); // as far as it came
        }
        return found(taken, over, refused, refusal);
    }

    private static Finding found(int taken, int over, int refused, FetchAnswer refusal) {
        String limit = "The limit is between " + Spoken.bytes(taken) + " and " + Spoken.bytes(over) + ".";
        String remedy =
                "Set maxBatchBytes to " + taken + ", or raise the limit of the server or of what sits in front of it"
                        + " (nginx: client_max_body_size).";
        if (refusal.failure() != null) {
            return Finding.failed(
                    "The connection breaks off over a body of " + Spoken.bytes(refused) + ", the size of a full batch ("
                            + refusal.reason() + "). " + limit,
                    remedy);
        }
        return Finding.warning(
                "A body of " + Spoken.bytes(refused)
                        + ", the size of a full batch, is too large for the server (status " + refusal.status() + "). "
                        + limit,
                remedy + " Until then large batches are sent again in halves, and events over the limit are refused.");
    }
}
