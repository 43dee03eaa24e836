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

    /** What one large event took is not kept: small batches would fill the window with it. */
    private static final int MAX_FREE_BYTES = 256 * 1024;

    private static final int INITIAL_BYTES = 16 * 1024;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /** An array for the next body. */
    byte[] take() {
        byte[] storage = free.poll();
        return storage != null ? storage : new byte[INITIAL_BYTES];
    }

    /** Takes back the array of a body that nobody reads any more. */
    void giveBack(Body body) {
        byte[] storage = body.storage();
        if (storage.length <= MAX_FREE_BYTES && free.size() < MAX_FREE) {
            free.add(storage);
        }
    }
}
