package dev.penstock.collector;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads requests and delivers answers on one connection, whole or in the ways an answer goes wrong.
 * <p>
 * Only the connection's thread. Keeps its buffers and inflater for as long as the connection lives. Methods that say
 * whether the connection stays tell it by true.
 */
final class HttpChannel implements AutoCloseable {
    private static final int POLL_MILLIS = 20;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int maxBodyBytes;
    private final CountDownLatch closing;
    private final Socket raw;
    private final Socket socket;
    private final RequestReader reader;
    private final AnswerWriter writer;
    private final ByteArray wire = new ByteArray(1 << 13);
    private final ContentDecoder decoder;

    /** The socket is {@code raw}, or TLS over it. */
    HttpChannel(CollectorOptions options, CountDownLatch closing, Socket raw, Socket socket) throws IOException {
        this.maxBodyBytes = options.maxBodyBytes();
        this.closing = closing;
        this.raw = raw;
        this.socket = socket;
        reader = new RequestReader(socket.getInputStream(), options.maxHeaderBytes());
        writer = new AnswerWriter(socket.getOutputStream(), closing);
        decoder = new ContentDecoder(options.maxInflatedBytes(), options.decoders());
    }

    /** The next header, or null when the client closed between requests. */
    RequestHead readHead() throws IOException, InvalidRequestException {
        wire.clear();
        return reader.readHead();
    }

    /** Reads the body, if there is one, at the pace of a planned answer; null plans nothing. */
    void readBody(RequestHead head, Answer planned) throws IOException, InvalidRequestException {
        if (head.contentLength() <= maxBodyBytes && head.expectsContinue()) {
            writer.proceed();
        }
        int pace = planned == null ? 0 : planned.readBytesPerSecond();
        reader.readBody(head, wire, maxBodyBytes, new Pace(closing, pace));
    }

    /** The body as received, valid until the next is read. */
    ByteArray wire() {
        return wire;
    }

    /** The body after decoding, valid until the next is decoded. */
    ByteArray decoded(RequestHead head, Encodings encodings) throws InvalidRequestException {
        return decoder.decode(head.header("content-encoding"), encodings, wire);
    }

    /** Sends an answer as it is. */
    boolean write(Reply reply, RequestHead head) throws IOException {
        writer.write(AnswerWriter.build(reply, head.closes()));
        return !head.closes();
    }

    /** Refuses a request that cannot be read to its end. */
    boolean refuse(Reply reply) throws IOException {
        writer.write(AnswerWriter.build(reply, true));
        linger();
        return false;
    }

    /** Waits; throws when the collector closes meanwhile. */
    void pause(long nanos) throws IOException {
        Pace.pause(closing, nanos);
    }

    /** Holds a request back; false when it must end without an answer. */
    boolean held(HangGate gate, HangGate.Mark since) throws IOException {
        socket.setSoTimeout(POLL_MILLIS);
        while (!gate.releasedAfter(since)) {
            if (gate.droppedAfter(since) || !reader.clientStays()) {
                return false;
            }
            Pace.pause(closing, 1);
        }
        socket.setSoTimeout(0);
        return true;
    }

    /** Sends an answer in its way; the reply is what it says. */
    boolean deliver(Answer answer, Reply reply, RequestHead head) throws IOException {
        switch (answer.kind()) {
            case RESET, RESET_EARLY -> {
                raw.setSoLinger(true, 0);
                raw.close();
                return false;
            }
            case HALF_CLOSE -> {
                socket.shutdownOutput();
                while (reader.clientStays()) {
                    reader.discard(System.nanoTime());
                }
                return false;
            }
            case EARLY -> {
                writer.write(AnswerWriter.build(reply, true));
                linger();
                return false;
            }
            case TRUNCATED -> {
                writer.writeHalf(AnswerWriter.build(reply, head.closes()));
                return false;
            }
            case WRONG_LENGTH -> {
                long declared = Math.max(0, reply.body().length + answer.amount());
                writer.write(AnswerWriter.build(reply, declared, head.closes()));
                return declared <= reply.body().length && stays(answer, head);
            }
            case ENDLESS -> {
                writer.writeEndlessly(reply);
                return false;
            }
            case OVERSIZED -> writer.writePadded(reply, answer.amount(), head.closes());
            case TRICKLE -> writer.writeSlowly(AnswerWriter.build(reply, head.closes()), answer.amount());
            case DAMAGED_GZIP -> writer.write(AnswerWriter.build(reply.damagedGzip(), head.closes()));
            case RESPOND, HANG -> writer.write(AnswerWriter.build(reply, head.closes()));
        }
        return stays(answer, head);
    }

    private static boolean stays(Answer answer, RequestHead head) {
        return !head.closes() && !answer.closesAfter();
    }

    /** Ends the answers but lets the client finish, since closing on unread bytes would reset the answer away. */
    private void linger() throws IOException {
        socket.shutdownOutput();
        long deadline = System.nanoTime() + LINGER_NANOS;
        socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(LINGER_NANOS));
        reader.discard(deadline);
    }

    /** Gives the inflater back; the socket is the connection's to close. */
    @Override
    public void close() {
        decoder.close();
    }
}
