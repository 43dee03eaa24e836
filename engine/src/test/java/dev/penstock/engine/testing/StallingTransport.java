package dev.penstock.engine.testing;

import org.agrona.concurrent.NanoClock;

/**
 * A transport that answers only when told to, request by request.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class StallingTransport extends RecordingTransport {

    /** Makes a transport. */
    public StallingTransport(NanoClock clock) {
        super(clock, batch -> null);
    }

    /** Requests that are neither cancelled nor answered. */
    public long open() {
        return sent().stream()
                .filter(batch -> !batch.isCancelled() && !batch.isBodyReleased())
                .count();
    }
}
