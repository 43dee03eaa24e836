package dev.penstock.engine.flags.load;

import dev.penstock.engine.transport.Fetch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * One refresh under way, and those who wait for its end.
 *
 * <p><b>Threads:</b> the flag thread.
 */
final class Load {

    private final List<Reload> waiting = new ArrayList<>();
    private String sentEtag;
    private Fetch fetch;
    private Future<?> deadline;
    private boolean over;

    void join(Reload waiter) {
        waiting.add(waiter);
    }

    boolean isOver() {
        return over;
    }

    /** The tag that the request was made with, or null. */
    String sentEtag() {
        return sentEtag;
    }

    void sent(String etag, Fetch request, Future<?> until) {
        sentEtag = etag;
        fetch = request;
        deadline = until;
    }

    /** Gives the request up, if there is one. */
    void cancel() {
        if (fetch != null) {
            fetch.cancel();
        }
    }

    void end(boolean loaded) {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        waiting.forEach(waiter -> waiter.end(loaded));
    }
}
