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
        Exchange exchange =
                new Exchange(head, System.nanoTime(), context.store().epoch());
        Answer planned = context.script().beforeBody();
        if (planned != null && planned.actsBeforeBody()) {
            Reply reply = planned.over(Verdict.ACCEPTED.reply(), true);
            exchange.count(Verdict.ACCEPTED, 0, "", List.of(), planned.isSeen() ? reply.status() : 0, false);
            channel.pause(planned.delayNanos());
            return channel.deliver(planned, reply, head);
        }
        try {
            head.requireLength();
            channel.readBody(head, planned);
        } catch (InvalidRequestException e) {
            exchange.count(Verdict.refused(e.status(), e.getMessage()), 0, "", List.of(), e.status(), false);
            return channel.refuse(e);
        }
        return serveBody(exchange, route, planned);
    }

    private boolean serveBody(Exchange exchange, Route route, Answer planned) throws IOException {
        RequestValidator validator = validators.computeIfAbsent(route, r -> r.newValidator(context.options()));
        ByteArray plain = null;
        Verdict verdict;
        try {
            plain = channel.decoded(exchange.head, validator.encodings());
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
        Reply reply = answer.over(verdict.reply(), verdict.accepted());
        exchange.count(verdict, plainLength, body, events, answer.isSeen() ? reply.status() : 0, stores);
        channel.pause(answer.delayNanos());
        if (answer.kind() == Answer.Kind.HANG) {
            return hang(exchange, verdict, plain, events, stores);
        }
        return channel.deliver(answer, reply, exchange.head);
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
        if (!channel.held(context.gate(), exchange.began)) {
            return false;
        }
        Answer answer = Answer.ok();
        if (verdict.accepted() && !stored) {
            Optional<Answer> failure = record(plain);
            if (failure.isEmpty()) {
                context.store().addLate(exchange.epoch, events, contents.count(), exchange.epoch.add(contents));
            }
            answer = failure.orElse(answer);
        }
        return channel.deliver(answer, answer.over(verdict.reply(), verdict.accepted()), exchange.head);
    }

    /** One request while it is served. */
    private final class Exchange {
        private final RequestHead head;
        private final long receivedNanos;
        private final EventStore.Epoch epoch;
        private final HangGate.Mark began = context.gate().mark();

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
                    channel.wire().length(),
                    body,
                    events,
                    Optional.ofNullable(verdict.reason()),
                    receivedNanos,
                    status,
                    connectionId);
        }

        void count(
                Verdict verdict, int plainLength, String body, List<ReceivedEvent> events, int status, boolean stores) {
            boolean keep = context.options().stores() && context.store().hasRoom();
            context.store()
                    .add(
                            epoch,
                            channel.wire().length(),
                            plainLength,
                            verdict.reason(),
                            keep ? request(verdict, body, events, status) : null,
                            stores ? contents.count() : 0,
                            stores ? epoch.add(contents) : 0);
        }
    }
}
