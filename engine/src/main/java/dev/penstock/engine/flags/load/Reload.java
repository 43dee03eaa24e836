package dev.penstock.engine.flags.load;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Someone who waits for a load.
 *
 * <p><b>Threads:</b> any.
 */
final class Reload {

    private final Set<Reload> open;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();

    /** {@code open} holds this until it ends. */
    Reload(Set<Reload> open) {
        this.open = open;
        open.add(this);
    }

    CompletableFuture<Boolean> result() {
        return result;
    }

    void end(boolean loaded) {
        open.remove(this);
        result.complete(loaded);
    }
}
