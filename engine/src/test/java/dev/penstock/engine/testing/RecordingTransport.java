package dev.penstock.engine.testing;

import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.AnswerSink;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;

/**
 * A transport that remembers what it was given and answers at once, as a script says.
 *
 * <p><b>Threads:</b> one at a time.
 */
public class RecordingTransport implements BatchTransport {

    private final NanoClock clock;
    private final List<SentBatch> sent = new ArrayList<>();
    private Function<SentBatch, Answer> script;

    /** Answers 200. */
    public RecordingTransport(NanoClock clock) {
        this(clock, batch -> new Answer(200, 0, null));
    }

    /** Answers by a script; null is no answer. */
    public RecordingTransport(NanoClock clock, Function<SentBatch, Answer> script) {
        this.clock = clock;
        this.script = script;
    }

    /** Answers differently from now on. */
    public final void script(Function<SentBatch, Answer> next) {
        script = next;
    }

    @Override
    public final Exchange send(BatchRequest request, AnswerSink sink) {
        SentBatch batch = new SentBatch(request, sink, clock.nanoTime());
        sent.add(batch);
        Answer answer = script.apply(batch);
        if (answer != null) {
            batch.answer(answer);
        }
        return batch;
    }

    @Override
    public final long restarts() {
        return 0;
    }

    @Override
    public final void close() {
        // nothing to stop
    }

    /** What was sent, in order. */
    public final List<SentBatch> sent() {
        return sent;
    }

    /** One of the requests. */
    public final SentBatch sent(int index) {
        return sent.get(index);
    }

    /** How many requests were made. */
    public final int requests() {
        return sent.size();
    }
}
