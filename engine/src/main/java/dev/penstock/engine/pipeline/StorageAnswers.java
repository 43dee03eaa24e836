package dev.penstock.engine.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What the spool has said of batches, in the order it said so. It allocates nothing, as memory may end anywhere and an answer
 * must not get lost.
 *
 * <p><b>Threads:</b> {@link #add} any; the rest the pipeline thread.
 */
final class StorageAnswers {

    /** Those that the pipeline has not looked at, the latest first. */
    private final AtomicReference<Storing> latest = new AtomicReference<>();

    /** Those that it is looking at, the oldest first. */
    private Storing oldest;

    /** Adds an answer; each comes once. */
    void add(Storing answered) {
        Storing before;
        do {
            before = latest.get();
            answered.setNext(before);
        } while (!latest.compareAndSet(before, answered));
    }

    /** The oldest answer, or null if there is none. */
    Storing peek() {
        if (oldest == null) {
            for (Storing each = latest.getAndSet(null); each != null; ) {
                Storing before = each.next();
                each.setNext(oldest);
                oldest = each;
                each = before;
            }
        }
        return oldest;
    }

    /** Removes the oldest answer. */
    void remove() {
        Storing removed = oldest;
        oldest = removed.next();
        removed.setNext(null);
    }
}
