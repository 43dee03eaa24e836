package dev.penstock.engine.selfcheck;

import dev.penstock.engine.protocol.Attempt;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import java.util.Arrays;
import java.util.UUID;

/**
 * Batches without events: the protocol's own envelope with nothing in it but as many spaces as are wanted. Never compressed, so
 * that the body is as long as it says at every stop on its way.
 *
 * <p><b>Threads:</b> the one that checks. <b>Allocation:</b> each body.
 */
final class EmptyBatches {

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final CheckTarget target;
    private final Exchanges exchanges;
    private FetchAnswer smallest;

    EmptyBatches(CheckTarget target, Exchanges exchanges) {
        this.target = target;
        this.exchanges = exchanges;
    }

    int smallestLength() {
        Protocol protocol = target.protocol();
        return protocol.headLength() + protocol.tail().length;
    }

    /** The answer to one without spaces; it is sent once. */
    FetchAnswer smallest() throws CheckEndedException {
        if (smallest == null) {
            smallest = send(smallestLength());
        }
        return smallest;
    }

    /** The answer to one of a certain length. */
    FetchAnswer send(int length) throws CheckEndedException {
        Protocol protocol = target.protocol();
        // Each is a batch of its own, never another try of the one before.
        Attempt attempt = Attempt.first(UUID.randomUUID(), target.clock().millis());
        byte[] head = protocol.head(attempt);
        byte[] tail = protocol.tail();
        byte[] body = new byte[Math.max(length, head.length + tail.length)];
        Arrays.fill(body, (byte) ' ');
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(tail, 0, body, body.length - tail.length, tail.length);
        return exchanges.ask(new FetchRequest(protocol.path(), protocol.headers(attempt), body, MAX_ANSWER_BYTES));
    }
}
