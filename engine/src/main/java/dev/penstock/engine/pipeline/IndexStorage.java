package dev.penstock.engine.pipeline;

import java.util.ArrayDeque;

/**
 * Arrays for what tells the events of a full batch apart, where each begins and its UUID, used again when the batch has ended:
 * 20 bytes for an event.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class IndexStorage {

    /** As many batches may be on their way at once without new arrays. */
    private static final int MAX_FREE = 16;

    private final ArrayDeque<int[]> starts = new ArrayDeque<>(MAX_FREE);
    private final ArrayDeque<long[]> uuids = new ArrayDeque<>(MAX_FREE);
    private final int events;

    /** {@code events}: how many are in a full batch. */
    IndexStorage(int events) {
        this.events = events;
    }

    /** Room for where each event begins, and where the next one would. */
    int[] takeStarts() {
        int[] free = starts.poll();
        return free == null ? new int[events + 1] : free;
    }

    /** Room for two halves for each event. */
    long[] takeUuids() {
        long[] free = uuids.poll();
        return free == null ? new long[2 * events] : free;
    }

    /** Takes back what nobody reads any more. */
    void giveBack(int[] usedStarts, long[] usedUuids) {
        if (starts.size() < MAX_FREE) {
            starts.add(usedStarts);
            uuids.add(usedUuids);
        }
    }
}
