package dev.penstock.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the ingestion requests of one connection: validates, stores, counts, answers.
 * <p>
 * Only the connection's thread. Keeps its validators for as long as the connection lives.
 */
final class IngestionHandler {
    private final CollectorContext context;
    private final HttpChannel channel;
    private final long connectionId;
    private final Map<Route, RequestValidator> validators = new EnumMap<>(Route.class);
    private final BatchContents contents = new BatchContents();

    IngestionHandler(CollectorContext context, HttpChannel channel, long connectionId) {
        this.context = context;
        this.channel = channel;
        this.connectionId = connectionId;
    }

    /** Serves one request; false when the connection must end. */
    boolean serve(RequestHead head, Route route) throws IOException {
        RequestValidator validator =
                validators.computeIfAbsent(route, r -> r.newValidator(context.options(), context.tries()));
        validator.begin(head);
        Exchange exchange = new Exchange(head, route);
        Answer planned = context.script().beforeBody(route);
        if (planned != null && planned.closesAfter()) {
            context.tries().expectGaps();
        }
        if (planned != null && planned.actsBeforeBody()) {
            contents.clear();
            Reply reply = exchange.reply(planned, Verdict.ACCEPTED, exchange.results(planned, List.of()));
            exchange.count(Verdict.ACCEPTED, 0, "", List.of(), planned.isSeen() ? reply.status() : 0, Kept.NOTHING);
            channel.pause(planned.delayNanos());
            return channel.deliver(planned, reply, head);
        }
        try {
            head.requireLength();
            channel.readBody(head, planned);
        } catch (InvalidRequestException e) {
            Verdict refused = exchange.refused(e);
            exchange.count(refused, 0, "", List.of(), e.status(), Kept.NOTHING);
            return channel.refuse(refused.reply());
        }
        return serveBody(exchange, validator, planned);
    }

    private boolean serveBody(Exchange exchange, RequestValidator validator, Answer planned) throws IOException {
        ByteArray plain = null;
        Verdict verdict;
        try {
            plain = channel.decoded(exchange.head, validator.encodings());
            Optional<String> fault = validator.validate(exchange.head, plain.bytes(), plain.length(), contents);
            verdict = fault.map(reason -> new Verdict(Verdict.ACCEPTED.reply(), reason))
                    .orElse(Verdict.ACCEPTED);
        } catch (InvalidRequestException e) {
            verdict = exchange.refused(e);
        }
        int plainLength = plain == null ? 0 : plain.length();
        boolean keep = context.options().stores() && context.store().hasRoom();
        String body = "";
        List<ReceivedEvent> events = List.of();
        if (keep || planned == null || planned.verdicts().isPresent()) {
            body = plain == null ? "" : new String(plain.bytes(), 0, plainLength, StandardCharsets.UTF_8);
            events = verdict.accepted() ? readEvents(exchange.route, plain) : List.of();
        }
        Answer answer = planned == null ? scripted(exchange.request(verdict, body, events, 0)) : planned;
        EventResults results = EventResults.NONE;
        Kept kept = Kept.NOTHING;
        if (verdict.accepted()) {
            try {
                results = exchange.results(answer, events);
            } catch (RuntimeException e) {
                answer = failed("the condition of a scripted verdict failed: " + e);
                results = exchange.results(answer, events);
            }
            kept = answer.stores() ? Kept.of(contents, results, answer, events) : Kept.NOTHING;
            Optional<Answer> failure = record(plain, kept);
            kept = failure.isEmpty() ? kept : Kept.NOTHING;
            answer = failure.orElse(answer);
        }
        Reply reply = exchange.reply(answer, verdict, results);
        exchange.count(verdict, plainLength, body, events, answer.isSeen() ? reply.status() : 0, kept);
        channel.pause(answer.delayNanos());
        if (answer.kind() == Answer.Kind.HANG) {
            return hang(exchange, verdict, plain, events, kept);
        }
        return channel.deliver(answer, reply, exchange.head);
    }

    private Answer scripted(ReceivedRequest request) {
        try {
            Answer answer = context.script().afterBody(request);
            if (answer.closesAfter()) {
                context.tries().expectGaps();
            }
            return answer;
        } catch (RuntimeException e) {
            return failed("the condition of a scripted answer failed: " + e);
        }
    }

    private static Answer failed(String why) {
        return Answer.status(500).body(Verdict.errorBody(why));
    }

    private List<ReceivedEvent> readEvents(Route route, ByteArray plain) {
        List<ReceivedEvent> events = new ArrayList<>(contents.count());
        for (int i = 0; i < contents.count(); i++) {
            int start = contents.start(i);
            int length = contents.end(i) - start;
            events.add(JsonValues.event(route, new String(plain.bytes(), start, length, StandardCharsets.UTF_8)));
        }
        return Collections.unmodifiableList(events);
    }

    /** Writes the events to the record file, if there is one; an answer when that failed. */
    private Optional<Answer> record(ByteArray plain, Kept kept) {
        if (context.recordFile() == null || kept.contents().count() == 0) {
            return Optional.empty();
        }
        try {
            context.recordFile().append(plain.bytes(), kept.contents());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(failed("events could not be recorded: " + e));
        }
    }

    private boolean hang(Exchange exchange, Verdict verdict, ByteArray plain, List<ReceivedEvent> events, Kept before)
            throws IOException {
        if (!channel.held(context.gate(), exchange.began)) {
            return false;
        }
        Answer answer = Answer.ok();
        EventResults results = EventResults.NONE;
        if (verdict.accepted()) {
            results = exchange.results(answer, events);
            if (before.isNothing()) {
                Kept late = Kept.of(contents, results, answer, events);
                Optional<Answer> failure = record(plain, late);
                if (failure.isEmpty()) {
                    exchange.countLate(late);
                }
                answer = failure.orElse(answer);
            }
        }
        return channel.deliver(answer, exchange.reply(answer, verdict, results), exchange.head);
    }

    /** One request while it is served. */
    private final class Exchange {
        private final RequestHead head;
        private final Route route;
        private final long receivedNanos = System.nanoTime();
        private final EventStore.Epoch epoch = context.store().epoch();
        private final HangGate.Mark began = context.gate().mark();

        Exchange(RequestHead head, Route route) {
            this.head = head;
            this.route = route;
        }

        Verdict refused(InvalidRequestException e) {
            return new Verdict(route.wording().error(head, e), e.getMessage());
        }

        EventResults results(Answer answer, List<ReceivedEvent> events) {
            return route.wording() == Wording.ANALYTICS
                    ? new EventResults(contents, answer.verdicts(), events)
                    : EventResults.NONE;
        }

        /** What is said; the results matter only for a request that is taken. */
        Reply reply(Answer answer, Verdict verdict, EventResults results) {
            boolean valid = verdict.accepted();
            Reply ordinary = valid ? route.wording().success(head, results) : verdict.reply();
            return answer.over(ordinary, valid, status -> route.wording().scripted(status, head, results));
        }

        ReceivedRequest request(Verdict verdict, String body, List<ReceivedEvent> events, int status) {
            return new ReceivedRequest(
                    route,
                    head.path(),
                    head.query(),
                    head.headers(),
                    channel.wire().length(),
                    body,
                    events,
                    Optional.ofNullable(verdict.reason()),
                    receivedNanos,
                    status,
                    connectionId);
        }

        void count(
                Verdict verdict, int plainLength, String body, List<ReceivedEvent> events, int status, Kept received) {
            boolean keep = context.options().stores() && context.store().hasRoom();
            context.store()
                    .add(
                            epoch,
                            route,
                            channel.wire().length(),
                            plainLength,
                            verdict.reason(),
                            keep ? request(verdict, body, events, status) : null,
                            received.events(),
                            received.contents().count(),
                            epoch.add(received.contents()));
        }

        void countLate(Kept late) {
            context.store().addLate(epoch, route, late.events(), late.contents().count(), epoch.add(late.contents()));
        }
    }
}
