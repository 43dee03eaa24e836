package dev.penstock.cli.importer;

import dev.penstock.cli.common.OutcomeListener;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Knows which line an event came from that the client accepts and then finds to be over the limit: how many bytes an event
 * takes is exactly known only when it is encoded. Of long lines only, from when they are sent until they are settled.
 * <p>
 * <b>Threads:</b> {@link #settled} on the client's, the rest on the importing one.
 */
final class LargeLines implements OutcomeListener {
    private final Map<UUID, Long> sent = new ConcurrentHashMap<>();
    private final Queue<Long> tooLarge = new ConcurrentLinkedQueue<>();

    /** A line is about to be sent. */
    void sending(UUID id, long line) {
        sent.put(id, line);
    }

    /** It was not accepted. */
    void notSent(UUID id) {
        sent.remove(id);
    }

    @Override
    public void settled(UUID id, boolean overLimit) {
        Long line = sent.remove(id);
        if (overLimit && line != null) {
            tooLarge.add(line);
        }
    }

    /** The next line that was found too large, or null. */
    Long poll() {
        return tooLarge.poll();
    }
}
