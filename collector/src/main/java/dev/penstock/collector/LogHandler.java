package dev.penstock.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Serves the log requests of one connection: checks, stores, answers. Only the connection's thread. */
final class LogHandler {
    private static final Verdict ACCEPTED = new Verdict(Reply.json(200, "{}"), null);

    private final LogState state;
    private final HttpChannel channel;
    private final long connectionId;

    LogHandler(LogState state, HttpChannel channel, long connectionId) {
        this.state = state;
        this.channel = channel;
        this.connectionId = connectionId;
    }

    /** Serves one request; false when the connection must end. */
    boolean serve(RequestHead head) throws IOException {
        Exchange exchange = new Exchange(head);
        Answer planned = state.script().beforeBody();
        if (planned != null && planned.actsBeforeBody()) {
            return exchange.answer(planned, ACCEPTED, exchange.request("", List.of(), ACCEPTED));
        }
        try {
            head.requireLength();
            channel.readBody(head, planned);
        } catch (InvalidRequestException e) {
            Verdict refused = Verdict.refused(e.status(), e.getMessage());
            exchange.note(exchange.request("", List.of(), refused), e.status(), false);
            return channel.refuse(refused.reply());
        }
        String body = "";
        List<ReceivedLogRecord> records = List.of();
        Verdict verdict = ACCEPTED;
        try {
            ByteArray plain = channel.decoded(head, Encodings.GZIP);
            body = new String(plain.bytes(), 0, plain.length(), StandardCharsets.UTF_8);
            records = state.rules().read(head, plain);
        } catch (InvalidRequestException e) {
            verdict = Verdict.refused(e.status(), e.getMessage());
        }
        LogRequest request = exchange.request(body, records, verdict);
        return exchange.answer(planned == null ? scripted(request) : planned, verdict, request);
    }

    private Answer scripted(LogRequest request) {
        try {
            return state.script().afterBody(request);
        } catch (RuntimeException e) {
            return Answer.status(500).body(Verdict.errorBody("the condition of a scripted answer failed: " + e));
        }
    }

    private static Reply scripted(int status) {
        Reply usual = Verdict.scripted(status);
        return status / 100 == 2
                ? new Reply(status, usual.headers(), ACCEPTED.reply().body())
                : usual;
    }

    /** One request while it is served. */
    private final class Exchange {
        private final RequestHead head;
        private final long receivedNanos = System.nanoTime();
        private final int epoch = state.store().epoch();
        private final HangGate.Mark began = state.gate().mark();

        Exchange(RequestHead head) {
            this.head = head;
        }

        LogRequest request(String body, List<ReceivedLogRecord> records, Verdict verdict) {
            return new LogRequest(
                    head.path(),
                    head.query(),
                    head.headers(),
                    channel.wire().length(),
                    body,
                    records,
                    Optional.ofNullable(verdict.reason()),
                    receivedNanos,
                    0,
                    connectionId);
        }

        boolean answer(Answer answer, Verdict verdict, LogRequest request) throws IOException {
            Reply reply = answer.over(verdict.reply(), verdict.accepted(), LogHandler::scripted);
            boolean received = verdict.accepted() && answer.stores();
            note(request, answer.isSeen() ? reply.status() : 0, received);
            channel.pause(answer.delayNanos());
            if (answer.kind() != Answer.Kind.HANG) {
                return channel.deliver(answer, reply, head);
            }
            if (!channel.held(state.gate(), began)) {
                return false;
            }
            if (verdict.accepted() && !received) {
                state.store().addLate(epoch, request);
            }
            return channel.deliver(Answer.ok(), verdict.reply(), head);
        }

        void note(LogRequest request, int status, boolean received) {
            state.store().add(epoch, request.answered(status), received);
        }
    }
}
