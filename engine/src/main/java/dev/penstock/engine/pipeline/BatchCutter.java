package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.StoredBody;
import dev.penstock.engine.protocol.Protocol;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes new bodies of events that were in one before: the halves of a batch, and what an answer has left of it. Each
 * event's bytes stay as they are. There is one for each route.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BatchCutter {

    private static final int INITIAL_STORAGE = 16 * 1024;
    private static final byte[] COMMA = {','};

    private final Protocol protocol;
    private final Supplier<BodyWriter> bodyWriters;

    /** Made when it is first needed; the open batch has its own. */
    private BodyWriter writer;

    BatchCutter(Protocol protocol, Supplier<BodyWriter> bodyWriters) {
        this.protocol = protocol;
        this.bodyWriters = bodyWriters;
    }

    /** What the wire looks like on this route. */
    Protocol protocol() {
        return protocol;
    }

    /**
     * Two batches that stand for a larger one. They share what is left of its budget, requests and deadline, but each has
     * its tries before it.
     */
    List<Batch> halve(Batch whole) {
        byte[] json = whole.body().readEvents();
        int events = whole.events();
        return List.of(part(whole, json, 0, events / 2), part(whole, json, events / 2, events));
    }

    private Batch part(Batch whole, byte[] json, int from, int to) {
        int[] starts = new int[to - from + 1];
        long[] uuids = new long[2 * (to - from)];
        int begin = whole.starts()[from];
        for (int i = from; i <= to; i++) {
            starts[i - from] = whole.starts()[i] - begin;
        }
        System.arraycopy(whole.uuids(), 2 * from, uuids, 0, uuids.length);
        BodyWriter body = begin();
        body.append(json, begin, starts[to - from] - 1); // without the comma behind it
        body.append(protocol.tail(), 0, protocol.tail().length);
        Batch part = new Batch(this, whole.flushId(), whole.budget(), body.finish(), starts, uuids);
        part.attach(whole.ticket());
        return part;
    }

    /** Has a batch go on with its open events alone, in a body of their own. */
    void cutToOpen(Batch batch) {
        int[] open = batch.open();
        byte[] json = batch.body().readEvents();
        int[] starts = new int[open.length + 1];
        long[] uuids = new long[2 * open.length];
        BodyWriter body = begin();
        int length = 0;
        for (int i = 0; i < open.length; i++) {
            int from = batch.starts()[open[i]];
            int eventAndComma = batch.starts()[open[i] + 1] - from;
            if (i > 0) {
                body.append(COMMA, 0, 1);
            }
            body.append(json, from, eventAndComma - 1);
            starts[i] = length;
            length += eventAndComma;
            System.arraycopy(batch.uuids(), 2 * open[i], uuids, 2 * i, 2);
        }
        starts[open.length] = length;
        body.append(protocol.tail(), 0, protocol.tail().length);
        batch.replaceBody(body.finish(), starts, uuids);
    }

    /** A body of what was stored of one. */
    Body restore(StoredBody stored) {
        return stored.restore(protocol.headLength(), writer());
    }

    private BodyWriter begin() {
        BodyWriter body = writer();
        body.begin(new byte[INITIAL_STORAGE], protocol.headLength());
        return body;
    }

    private BodyWriter writer() {
        if (writer == null) {
            writer = bodyWriters.get();
        }
        return writer;
    }

    /** Gives back native memory. */
    void close() {
        if (writer != null) {
            writer.close();
            writer = null; // a batch that is still there may want another
        }
    }
}
