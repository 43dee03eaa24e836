package dev.penstock.engine.pipeline;

import dev.penstock.engine.spool.RecordStore;

/**
 * How the batches of a lane are kept on disk.
 *
 * @param store where; null if nothing is kept
 * @param always whether each batch is stored before it is sent, not only when the server is away
 * @param replays how what is taken from the store is sent; null if this lane takes nothing from it
 */
public record Spooling(RecordStore store, boolean always, ReplayRoutes replays) {

    /** Nothing is kept. */
    public static final Spooling OFF = new Spooling(null, false, null);
}
