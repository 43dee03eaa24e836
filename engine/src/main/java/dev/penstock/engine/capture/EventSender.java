package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.OutgoingEvent;
import dev.penstock.engine.context.ActiveContext;
import dev.penstock.engine.context.ContextScopes;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordViewer;
import dev.penstock.engine.record.RecordWriter;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.time.CoarseClock;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a filled event to the ring: checks it, finishes its record, and adds what it has in common with others.
 *
 * <p>Why it is shaped so: everything an ordinary event does not have is asked for by one comparison each, in the order of
 * cost. Guarded by {@code CaptureBenchmark}.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none, but for personless events and clients with hooks.
 */
final class EventSender {

    private static final int MAX_SHOWN_NAME = 100;
    private static final String READ_BACK = "read back";

    private final CaptureContext context;
    private final CaptureContext.Shaping shaping;
    private final EventPublisher publisher;
    private final CoarseClock clock;
    private final SuperPropertyStore superProperties;
    private final ContextScopes contexts;
    private final EventHooks hooks;
    private final Refusals refusals;
    private final int stripe;
    private final RecordWriter writer;
    private final ValueWriter values;
    private final EventStamp stamp;
    private final EventDraft draft;
    private final Sampling sampling;
    private final SampledDraft sampled;
    private final SharedParts sharedParts = new SharedParts();

    /** Made when hooks first need it. */
    private RecordViewer viewer;

    EventSender(
            CaptureContext context,
            int stripe,
            RecordWriter writer,
            ValueWriter values,
            EventStamp stamp,
            EventDraft draft) {
        this.context = context;
        this.shaping = context.shaping();
        this.publisher = context.publisher();
        this.clock = context.clock();
        this.superProperties = shaping.superProperties();
        this.contexts = shaping.contexts();
        this.hooks = shaping.hooks();
        this.refusals = new Refusals(context, stripe);
        this.stripe = stripe;
        this.writer = writer;
        this.values = values;
        this.stamp = stamp;
        this.draft = draft;
        this.sampling = shaping.sampling();
        this.sampled = new SampledDraft(writer, stamp);
    }

    /** Sends the draft; {@code ticket} is told which event it is, or null. */
    CaptureResult send(boolean mayWait, OutcomeTicket ticket) {
        CaptureResult refusal = publisher.refusal();
        if (refusal != null) {
            return refusals.closedOrDisabled(refusal);
        }
        if (draft.unusual && (draft.answer != null || draft.problem != null)) {
            return draft.answer != null ? refusals.refuse(draft.answer) : refusals.invalid(draft.problem);
        }
        String name = draft.name;
        EventKind kind = draft.kind;
        if (name == null || name.isBlank()) {
            return refusals.invalid(kind.call() + " without an event name is dropped");
        }
        if (name.charAt(0) == '$') {
            adviseOn(name);
        }
        ActiveContext ambient = contexts.active();
        boolean known = settleDistinctId(ambient);
        if (!known && kind.needsDistinctId()) {
            return refusals.invalid(kind.call() + " without a distinct id is dropped");
        }
        if (kind == EventKind.PERSON && (writer.flags() & RecordLayout.FLAG_PERSON_CHANGE) == 0) {
            context.errors().noteAnswered(Level.DEBUG, "nothing to set", 1, "person with nothing to set is ignored");
            return refusals.refuse(CaptureResult.INVALID);
        }
        return sampling == null || kind != EventKind.CAPTURE
                ? finishAndPublish(name, known, ambient, mayWait, ticket)
                : sampleAndPublish(name, known, ambient, mayWait, ticket);
    }

    /** Leaves the event out, or has it say what it stands for. */
    private CaptureResult sampleAndPublish(
            String name, boolean known, ActiveContext ambient, boolean mayWait, OutcomeTicket ticket) {
        EventSampler sampler = sampling.of(name);
        if (sampler == null) {
            return finishAndPublish(name, known, ambient, mayWait, ticket);
        }
        long leftOut = sampled.admit(sampler, known ? writer.distinctId() : null, clock.millis());
        if (leftOut == EventSampler.LEFT_OUT) {
            return refusals.refuse(CaptureResult.SAMPLED);
        }
        return sampled.settle(sampler, leftOut, finishAndPublish(name, known, ambient, mayWait, ticket));
    }

    private CaptureResult finishAndPublish(
            String name, boolean known, ActiveContext ambient, boolean mayWait, OutcomeTicket ticket) {
        long millis = clock.millis();
        stamp.complete(millis);
        if (draft.kind == EventKind.FLAG_CALLED_MINIMAL) {
            writer.flag(RecordLayout.FLAG_MINIMAL);
        }
        if (draft.unusual) {
            writer.flag(draft.geoIp);
        }
        if (!known) {
            writer.flag(RecordLayout.FLAG_PERSONLESS);
            writer.distinctId(stamp.randomId(millis));
        }
        // One call, so that it becomes a part of this.
        int length = writer.finish(
                draft.kind.recordKind(), name, stamp.epochSecond(), stamp.nanos(), stamp.uuidHigh(), stamp.uuidLow());
        if (length < 0) {
            return refuseTooLarge(name);
        }
        CaptureResult result = publishWithSurroundings(length, ambient, mayWait, ticket);
        if (!known && result == CaptureResult.ACCEPTED) {
            context.counters().countPersonless(stripe);
        }
        return result;
    }

    /** Settles whom the event is about: the caller's word, or what the kind or the request knows. False if that is nobody. */
    private boolean settleDistinctId(ActiveContext ambient) {
        return !writer.distinctId().isBlank() || settleDefaultId(ambient);
    }

    private boolean settleDefaultId(ActiveContext ambient) {
        String id = draft.defaultId;
        if (id == null && !draft.kind.needsDistinctId() && ambient != null) {
            id = ambient.distinctId();
        }
        writer.distinctId(id);
        return id != null;
    }

    private CaptureResult publishWithSurroundings(
            int length, ActiveContext ambient, boolean mayWait, OutcomeTicket ticket) {
        EventKind kind = draft.kind;
        PropertySnapshot common = superProperties.snapshot();
        PropertySnapshot shared = ambient != null && kind.takesContext() ? ambient.properties(draft.name) : null;
        AttachedFlags flags = draft.unusual ? flagsToSend() : null;
        if (flags == null && ambient != null && kind.takesFlags()) {
            flags = ambient.flags();
        }
        if (hooks != null) {
            return publishHooked(common, shared, flags, mayWait, ticket);
        }
        if (common == null && shared == null && flags == null) {
            return publish(length, null, mayWait, ticket);
        }
        try {
            return publish(length, sharedParts.with(common, shared, flags), mayWait, ticket);
        } finally {
            sharedParts.clear();
        }
    }

    private CaptureResult publish(int length, SharedParts shared, boolean mayWait, OutcomeTicket ticket) {
        if (ticket != null) {
            ticket.expect(stamp.uuidHigh(), stamp.uuidLow());
        }
        return publisher.publish(writer.record(), length, shared, draft.kind, mayWait, stripe);
    }

    /** The slower way of clients with hooks: the event is finished here, with everything merged into it. */
    private CaptureResult publishHooked(
            PropertySnapshot superProperties,
            PropertySnapshot shared,
            AttachedFlags flags,
            boolean mayWait,
            OutcomeTicket ticket) {
        OutgoingEvent sent;
        int length;
        try {
            OutgoingEvent event = viewer().view(writer.record(), superProperties, shared, flags);
            if (hooks.hasChain()) {
                event = hooks.apply(event);
                if (event == null) {
                    return refusals.refuse(CaptureResult.FILTERED);
                }
            }
            length = rewrite(event);
            if (length < 0) {
                return refuseTooLarge(event.name());
            }
            sent = hooks.records() ? viewer().view(writer.record(), null, null, null) : null;
        } catch (Throwable e) {
            // Fail closed: an event that hooks could not see is not sent.
            context.errors()
                    .warn("before-send failed", "an event could not be shown to before-send: " + ShownText.of(e), e);
            return refusals.refuse(CaptureResult.FILTERED);
        }
        CaptureResult result = publish(length, null, mayWait, ticket);
        if (sent != null && result == CaptureResult.ACCEPTED) {
            hooks.record(sent);
        }
        return result;
    }

    private RecordViewer viewer() {
        if (viewer == null) {
            viewer = shaping.viewers().get();
        }
        return viewer;
    }

    /** What properties become when they are sent. As the entries of one property, so that no name means anything. */
    Map<String, Object> readBack(Map<String, ?> properties) {
        writer.begin();
        writer.flag(RecordLayout.FLAG_COMPLETE);
        values.putOne(READ_BACK, properties);
        if (writer.finish(RecordLayout.KIND_CAPTURE, "-", 0, 0, 0, 0) < 0) {
            context.errors().warn("shared properties too large", "properties over maxEventBytes are left out", null);
            return Map.of();
        }
        Map<String, Object> read = new LinkedHashMap<>();
        Object view =
                viewer().view(writer.record(), null, null, null).properties().get(READ_BACK);
        if (view instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> read.put((String) name, value));
        }
        return read;
    }

    private int rewrite(OutgoingEvent event) {
        writer.begin();
        writer.flag(RecordLayout.FLAG_COMPLETE);
        draft.reserved = null; // the hooks may say what they like
        values.putReadBack(event.properties(), draft, stamp);
        stamp.begin();
        stamp.uuid(event.uuid());
        if (!stamp.time(event.timestamp())) {
            context.counters().countValueReplaced(stripe);
        }
        stamp.complete(clock.millis());
        writer.distinctId(event.distinctId());
        return writer.finish(
                draft.kind.recordKind(),
                event.name(),
                stamp.epochSecond(),
                stamp.nanos(),
                stamp.uuidHigh(),
                stamp.uuidLow());
    }

    private AttachedFlags flagsToSend() {
        if (draft.attached == null) {
            return draft.evaluated;
        }
        if (draft.evaluated != null) {
            context.errors()
                    .warn(
                            "flags given twice",
                            "an event has both flags and sendFeatureFlags; the attached flags are used",
                            null);
        }
        return draft.attached;
    }

    private void adviseOn(String name) {
        if (draft.kind == EventKind.CAPTURE && name.equals("$exception")) {
            context.errors()
                    .noteAnswered(
                            Level.INFO,
                            "exception by hand",
                            1,
                            "$exception was captured as a plain event; captureException writes what error tracking needs");
        }
    }

    private CaptureResult refuseTooLarge(String name) {
        return refusals.tooLarge(
                draft.kind == EventKind.LOG ? "a log record" : "event \"" + ShownText.of(name, MAX_SHOWN_NAME) + '"');
    }
}
