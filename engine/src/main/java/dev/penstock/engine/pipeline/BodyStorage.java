package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import java.util.ArrayDeque;

/**
 * Arrays for request bodies, used again when nobody can still be reading them.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BodyStorage {

    private static final int MAX_FREE = 16;

    /** What all of them may hold. */
    private static final long MAX_ALL_FREE_BYTES = 4L << 20;

    /** A longer array is kept if it was half full: what one large event took would fill the window with small batches. */
    private static final int ALWAYS_KEPT_BYTES = 256 * 1024;

    private static final int INITIAL_BYTES = 16 * 1024;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private long freeBytes;

    /** An array for the next body. */
    byte[] take() {
        byte[] storage = free.poll();
        if (storage == null) {
            return new byte[INITIAL_BYTES];
        }
        freeBytes -= storage.length;
        return storage;
    }

    /** Takes back the array of a body that nobody reads any more. */
    void giveBack(Body body) {
        byte[] storage = body.storage();
        boolean isUsual = storage.length <= ALWAYS_KEPT_BYTES || 2L * body.length() >= storage.length;
        if (isUsual && free.size() < MAX_FREE && freeBytes + storage.length <= MAX_ALL_FREE_BYTES) {
            free.add(storage);
            freeBytes += storage.length;
        }
    }
}
