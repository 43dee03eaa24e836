package dev.penstock.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Serves the flag requests of one connection: checks, records, answers. Only the connection's thread. */
final class FlagHandler {
    private final FlagState state;
    private final HttpChannel channel;
    private final long connectionId;

    FlagHandler(FlagState state, HttpChannel channel, long connectionId) {
        this.state = state;
        this.channel = channel;
        this.connectionId = connectionId;
    }

    /** Serves one request; false when the connection must end. */
    boolean serve(RequestHead head, FlagRoute route) throws IOException {
        Exchange exchange = new Exchange(head, route);
        Answer planned = state.script().beforeBody();
        if (planned != null && planned.actsBeforeBody()) {
            return exchange.answer(planned, Verdict.ACCEPTED, exchange.request("", Verdict.ACCEPTED));
        }
        try {
            if (head.method().equals("POST")) {
                head.requireLength();
            }
            channel.readBody(head, planned);
        } catch (InvalidRequestException e) {
            Verdict refused = Verdict.refused(e.status(), e.getMessage());
            exchange.note(exchange.request("", refused), e.status());
            return channel.refuse(refused.reply());
        }
        String body = "";
        Verdict verdict = Verdict.ACCEPTED;
        try {
            ByteArray plain = channel.decoded(head, Encodings.GZIP);
            body = new String(plain.bytes(), 0, plain.length(), StandardCharsets.UTF_8);
            state.rules().check(route, head, plain);
        } catch (InvalidRequestException e) {
            verdict = Verdict.refused(e.status(), e.getMessage());
        }
        FlagRequest request = exchange.request(body, verdict);
        return exchange.answer(planned == null ? scripted(request) : planned, verdict, request);
    }

    private Answer scripted(FlagRequest request) {
        try {
            return state.script().afterBody(request);
        } catch (RuntimeException e) {
            return Answer.status(500).body(Verdict.errorBody("the condition of a scripted answer failed: " + e));
        }
    }

    /** One request while it is served. */
    private final class Exchange {
        private final RequestHead head;
        private final FlagRoute route;
        private final long receivedNanos = System.nanoTime();
        private final int epoch = state.log().epoch();
        private final HangGate.Mark began = state.gate().mark();

        Exchange(RequestHead head, FlagRoute route) {
            this.head = head;
            this.route = route;
        }

        FlagRequest request(String body, Verdict verdict) {
            return new FlagRequest(
                    route,
                    head.path(),
                    head.query(),
                    head.headers(),
                    body,
                    Optional.ofNullable(verdict.reason()),
                    receivedNanos,
                    0,
                    connectionId);
        }

        boolean answer(Answer answer, Verdict verdict, FlagRequest request) throws IOException {
            Reply reply = reply(answer, verdict, request);
            note(request, answer.isSeen() ? reply.status() : 0);
            channel.pause(answer.delayNanos());
            if (answer.kind() != Answer.Kind.HANG) {
                return channel.deliver(answer, reply, head);
            }
            Answer late = Answer.ok();
            return channel.held(state.gate(), began) && channel.deliver(late, reply(late, verdict, request), head);
        }

        private Reply reply(Answer answer, Verdict verdict, FlagRequest request) {
            boolean valid = verdict.accepted();
            Reply ordinary =
                    valid && answer.needsOrdinary() ? state.ordinary(request, answer.spoilsBody()) : verdict.reply();
            return answer.over(ordinary, valid, Verdict::scripted);
        }

        void note(FlagRequest request, int status) {
            state.log().add(epoch, request.answered(status));
        }
    }
}
