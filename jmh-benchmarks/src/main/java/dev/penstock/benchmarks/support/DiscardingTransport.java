package dev.penstock.benchmarks.support;

import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.AnswerSink;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Exchange;

/**
 * A back end that takes everything at once and keeps nothing: status 200 before {@code send} returns.
 * <p>
 * <b>Threads:</b> any; keeps no state.
 */
public final class DiscardingTransport implements BatchTransport {
    private static final Answer TAKEN = new Answer(200, 0, null);

    private static final Exchange ENDED = new Exchange() {
        @Override
        public void cancel() {}

        @Override
        public boolean isBodyReleased() {
            return true;
        }
    };

    /** Makes a transport. */
    public DiscardingTransport() {}

    @Override
    public Exchange send(BatchRequest request, AnswerSink sink) {
        sink.onAnswer(TAKEN);
        return ENDED;
    }

    @Override
    public long restarts() {
        return 0;
    }

    @Override
    public void close() {}
}
