package dev.penstock.collector;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Serves the requests of one client connection, one after another, on its own thread.
 * <p>
 * Keeps its buffers, inflater and parsers for as long as it lives. {@link #abort()} may be called from any thread.
 */
final class Connection implements Runnable {
    private static final int POLL_MILLIS = 20;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CollectorContext context;
    private final CountDownLatch closing;
    private final Socket raw;
    private final long id;
    private final Runnable onEnd;
    private final Map<Route, RequestValidator> validators = new EnumMap<>(Route.class);
    private final BatchContents contents = new BatchContents();
    private final ByteArray wire = new ByteArray(1 << 13);
    private final ContentDecoder decoder;

    private Socket socket;
    private RequestReader reader;
    private AnswerWriter writer;

    Connection(CollectorContext context, CountDownLatch closing, Socket raw, long id, Runnable onEnd) {
        this.context = context;
        this.closing = closing;
        this.raw = raw;
        this.id = id;
        this.onEnd = onEnd;
        this.decoder = new ContentDecoder(context.options().maxInflatedBytes());
    }

    @Override
    public void run() {
        try {
            raw.setTcpNoDelay(true);
            socket = secured();
            reader =
                    new RequestReader(socket.getInputStream(), context.options().maxHeaderBytes());
            writer = new AnswerWriter(socket.getOutputStream(), closing);
            boolean open = true;
            while (open) {
                open = serveNext();
            }
            socket.close();
        } catch (IOException e) {
            // The client or the collector ended the connection; what was received is counted already.
        } finally {
            abort();
            decoder.close();
            onEnd.run();
        }
    }

    private Socket secured() throws IOException {
        Optional<SSLContext> ssl = context.options().sslContext();
        if (ssl.isEmpty()) {
            return raw;
        }
        SSLSocket secure = (SSLSocket) ssl.get().getSocketFactory().createSocket(raw, null, true);
        secure.startHandshake();
        return secure;
    }

    /** Closes the socket under whatever the connection's thread is doing; never blocks. */
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            // Nothing is left to close.
        }
    }

    /** Serves one request; false when the connection must end. */
    private boolean serveNext() throws IOException {
        RequestHead head;
        try {
            head = reader.readHead();
        } catch (InvalidRequestException e) {
            return refuse(e);
        }
        if (head == null) {
            return false;
        }
        Route route = Route.at(head.path());
        boolean ingests = route != null && head.method().equals("POST");
        return ingests ? serveIngestion(head, route) : serveOther(head, route);
    }

    private boolean refuse(InvalidRequestException e) throws IOException {
        writer.write(AnswerWriter.build(e.status(), List.of(), Verdict.errorBody(e.getMessage()), true));
        linger();
        return false;
    }

    private boolean serveOther(RequestHead head, Route route) throws IOException {
        try {
            proceedIfExpected(head);
            reader.readBody(head, wire, context.options().maxBodyBytes(), new Pace(closing, 0));
        } catch (InvalidRequestException e) {
            return refuse(e);
        }
        boolean get = head.method().equals("GET");
        byte[] answer;
        if (get && head.path().equals("/stats")) {
            answer = AnswerWriter.build(200, List.of(), context.store().stats().toJson(), head.closes());
        } else if (route != null) {
            answer = AnswerWriter.build(
                    405,
                    List.of(new Answer.Header("Allow", "POST")),
                    Verdict.errorBody("only POST is answered here"),
                    head.closes());
        } else {
            answer = AnswerWriter.build(404, List.of(), Verdict.errorBody("no such path"), head.closes());
        }
        writer.write(answer);
        return !head.closes();
    }

    private boolean serveIngestion(RequestHead head, Route route) throws IOException {
        Exchange exchange =
                new Exchange(head, System.nanoTime(), context.store().epoch());
        Answer planned = context.script().beforeBody();
        if (planned != null && planned.actsBeforeBody()) {
            exchange.count(Verdict.ACCEPTED, 0, "", List.of(), planned.statusFor(Verdict.ACCEPTED), false);
            Pace.pause(closing, planned.delayNanos());
            return deliver(exchange, planned, Verdict.ACCEPTED);
        }
        try {
            if (!head.chunked() && head.contentLength() < 0) {
                throw new InvalidRequestException(411, "neither Content-Length nor Transfer-Encoding");
            }
            if (head.contentLength() <= context.options().maxBodyBytes()) {
                proceedIfExpected(head);
            }
            int pace = planned == null ? 0 : planned.readBytesPerSecond();
            reader.readBody(head, wire, context.options().maxBodyBytes(), new Pace(closing, pace));
        } catch (InvalidRequestException e) {
            exchange.count(Verdict.refused(e.status(), e.getMessage()), 0, "", List.of(), e.status(), false);
            return refuse(e);
        }
        return serveBody(exchange, route, planned);
    }

    private boolean serveBody(Exchange exchange, Route route, Answer planned) throws IOException {
        RequestValidator validator = validators.computeIfAbsent(route, r -> r.newValidator(context.options()));
        ByteArray plain = null;
        Verdict verdict;
        try {
            plain = decoder.decode(exchange.head.header("content-encoding"), validator.encodings(), wire);
            verdict = validator.validate(exchange.head, plain.bytes(), plain.length(), contents);
        } catch (InvalidRequestException e) {
            verdict = Verdict.refused(e.status(), e.getMessage());
        }
        int plainLength = plain == null ? 0 : plain.length();
        boolean keep = context.options().stores() && context.store().hasRoom();
        String body = "";
        List<ReceivedEvent> events = List.of();
        if (keep || planned == null) {
            body = plain == null ? "" : new String(plain.bytes(), 0, plainLength, StandardCharsets.UTF_8);
            events = verdict.accepted() ? readEvents(plain, exchange.head) : List.of();
        }
        Answer answer = planned;
        if (answer == null) {
            try {
                answer = context.script().afterBody(exchange.request(verdict, body, events, 0));
            } catch (RuntimeException e) {
                answer = Answer.status(500).body(Verdict.errorBody("the condition of a scripted answer failed: " + e));
            }
        }
        boolean stores = verdict.accepted() && answer.stores();
        if (stores) {
            Optional<Answer> failure = record(plain);
            stores = failure.isEmpty();
            answer = failure.orElse(answer);
        }
        exchange.count(verdict, plainLength, body, events, answer.statusFor(verdict), stores);
        Pace.pause(closing, answer.delayNanos());
        if (answer.kind() == Answer.Kind.HANG) {
            return hang(exchange, verdict, plain, events, stores);
        }
        return deliver(exchange, answer, verdict);
    }

    private List<ReceivedEvent> readEvents(ByteArray plain, RequestHead head) throws IOException {
        BatchContents places = contents;
        if (!context.options().keepsEvents()) {
            // Counting mode does not note places; a condition that must see the events pays for a second pass.
            places = new BatchContents();
            try {
                new BatchValidator(Optional.empty(), true).validate(head, plain.bytes(), plain.length(), places);
            } catch (InvalidRequestException e) {
                throw new IOException(e);
            }
        }
        List<ReceivedEvent> events = new ArrayList<>(places.count());
        for (int i = 0; i < places.count(); i++) {
            int start = places.start(i);
            events.add(
                    JsonValues.event(new String(plain.bytes(), start, places.end(i) - start, StandardCharsets.UTF_8)));
        }
        return Collections.unmodifiableList(events);
    }

    /** Writes the events to the record file, if there is one; an answer when that failed. */
    private Optional<Answer> record(ByteArray plain) {
        if (context.recordFile() == null) {
            return Optional.empty();
        }
        try {
            context.recordFile().append(plain.bytes(), contents);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Answer.status(500).body(Verdict.errorBody("events could not be recorded: " + e)));
        }
    }

    private boolean hang(
            Exchange exchange, Verdict verdict, ByteArray plain, List<ReceivedEvent> events, boolean stored)
            throws IOException {
        int releases = exchange.releases;
        socket.setSoTimeout(POLL_MILLIS);
        while (context.gate().releases() == releases) {
            if (context.gate().resets() != exchange.resets || !reader.clientStays()) {
                return false;
            }
            Pace.pause(closing, 1);
        }
        socket.setSoTimeout(0);
        if (verdict.accepted() && !stored) {
            Optional<Answer> failure = record(plain);
            if (failure.isPresent()) {
                return deliver(exchange, failure.get(), verdict);
            }
            context.store().addLate(exchange.epoch, events, contents.count(), exchange.epoch.add(contents));
        }
        return deliver(exchange, Answer.ok(), verdict);
    }

    private boolean deliver(Exchange exchange, Answer answer, Verdict verdict) throws IOException {
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
                writer.write(built(answer, verdict, true));
                linger();
                return false;
            }
            case TRUNCATED -> {
                writer.writeHalf(built(answer, verdict, exchange.head.closes()));
                return false;
            }
            case TRICKLE -> writer.writeSlowly(built(answer, verdict, exchange.head.closes()), answer.perByteNanos());
            case RESPOND, HANG -> writer.write(built(answer, verdict, exchange.head.closes()));
        }
        return !exchange.head.closes() && !answer.closesAfter();
    }

    private static byte[] built(Answer answer, Verdict verdict, boolean close) {
        return AnswerWriter.build(answer.statusFor(verdict), answer.headers(), answer.bodyFor(verdict), close);
    }

    /** Ends the answers but lets the client finish, since closing on unread bytes would reset the answer away. */
    private void linger() throws IOException {
        socket.shutdownOutput();
        long deadline = System.nanoTime() + LINGER_NANOS;
        socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(LINGER_NANOS));
        reader.discard(deadline);
    }

    private void proceedIfExpected(RequestHead head) throws IOException {
        if (head.expectsContinue()) {
            writer.proceed();
        }
    }

    /** One request while it is served. */
    private final class Exchange {
        private final RequestHead head;
        private final long receivedNanos;
        private final EventStore.Epoch epoch;
        private final int releases = context.gate().releases();
        private final int resets = context.gate().resets();

        Exchange(RequestHead head, long receivedNanos, EventStore.Epoch epoch) {
            this.head = head;
            this.receivedNanos = receivedNanos;
            this.epoch = epoch;
        }

        ReceivedRequest request(Verdict verdict, String body, List<ReceivedEvent> events, int status) {
            return new ReceivedRequest(
                    head.path(),
                    head.query(),
                    head.headers(),
                    wire.length(),
                    body,
                    events,
                    Optional.ofNullable(verdict.reason()),
                    receivedNanos,
                    status,
                    id);
        }

        void count(
                Verdict verdict, int plainLength, String body, List<ReceivedEvent> events, int status, boolean stores) {
            boolean keep = context.options().stores() && context.store().hasRoom();
            context.store()
                    .add(
                            epoch,
                            wire.length(),
                            plainLength,
                            verdict.reason(),
                            keep ? request(verdict, body, events, status) : null,
                            stores ? contents.count() : 0,
                            stores ? epoch.add(contents) : 0);
        }
    }
}
