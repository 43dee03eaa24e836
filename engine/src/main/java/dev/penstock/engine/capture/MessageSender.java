package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordWriter;
import dev.penstock.engine.record.ShownText;

/**
 * Takes a filled message to the ring: checks what Segment would refuse behind a 200, and finishes its record.
 *
 * <p>Why it is shaped so: a message takes nothing from its surroundings, so beside the checks there is one write and one
 * publish. Guarded by {@code MessageBenchmark}.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none. <b>Source:</b> Segment's common fields; of what its clients and its
 * service ask for, the strictest, but for the names of pages and screens.
 */
final class MessageSender {

    private static final int MAX_SHOWN_NAME = 100;
    private static final String ANONYMOUS_ID = "anonymousId";

    private final CaptureContext context;
    private final EventPublisher publisher;
    private final Refusals refusals;
    private final int stripe;
    private final RecordWriter writer;
    private final EventStamp stamp;
    private final EventDraft draft;
    private final MessageDraft message;
    private final Sampling sampling;
    private final SampledDraft sampled;

    MessageSender(
            CaptureContext context,
            int stripe,
            RecordWriter writer,
            EventStamp stamp,
            EventDraft draft,
            MessageDraft message) {
        this.context = context;
        this.publisher = context.publisher();
        this.refusals = new Refusals(context, stripe);
        this.stripe = stripe;
        this.writer = writer;
        this.stamp = stamp;
        this.draft = draft;
        this.message = message;
        this.sampling = context.shaping().sampling();
        this.sampled = new SampledDraft(writer, stamp);
    }

    /** Sends the draft; {@code ticket} is told which message it is, or null. */
    CaptureResult send(boolean mayWait, OutcomeTicket ticket) {
        CaptureResult refusal = publisher.refusal();
        if (refusal != null) {
            return refusals.closedOrDisabled(refusal);
        }
        String problem = draft.unusual && draft.problem != null ? draft.problem : missing();
        if (problem != null) {
            return refusals.invalid(problem);
        }
        if (draft.kind == EventKind.MESSAGE_ALIAS && (writer.flags() & RecordLayout.FLAG_PROPERTIES) != 0) {
            context.counters().countValueReplaced(stripe); // there is no place for them
        }
        EventSampler sampler =
                sampling == null || draft.kind != EventKind.MESSAGE_TRACK ? null : sampling.of(draft.name);
        return sampler == null ? finishAndPublish(mayWait, ticket) : sampleAndPublish(sampler, mayWait, ticket);
    }

    /** Leaves the track out, or has it say what it stands for. */
    private CaptureResult sampleAndPublish(EventSampler sampler, boolean mayWait, OutcomeTicket ticket) {
        CharSequence id = writer.distinctId().isBlank() ? message.anonymousId : writer.distinctId();
        long leftOut = sampled.admit(sampler, id, context.clock().millis());
        if (leftOut == EventSampler.LEFT_OUT) {
            return refusals.refuse(CaptureResult.SAMPLED);
        }
        return sampled.settle(sampler, leftOut, finishAndPublish(mayWait, ticket));
    }

    private CaptureResult finishAndPublish(boolean mayWait, OutcomeTicket ticket) {
        stamp.completeWithoutProperties(context.clock().millis());
        boolean anonymous = writer.distinctId().isBlank();
        if (anonymous) {
            writer.distinctId(message.anonymousId);
        }
        writeMembers(anonymous);
        String name = draft.name;
        int length = writer.finish(
                draft.kind.recordKind(),
                isBlank(name) ? "" : name,
                stamp.epochSecond(),
                stamp.nanos(),
                stamp.uuidHigh(),
                stamp.uuidLow());
        if (length < 0) {
            return refusals.tooLarge(shown());
        }
        if (ticket != null) {
            ticket.expect(stamp.uuidHigh(), stamp.uuidLow());
        }
        return publisher.publish(writer.record(), length, null, draft.kind, mayWait, stripe);
    }

    /** What the message lacks, or null. */
    private String missing() {
        boolean named = !isBlank(draft.name);
        boolean known = !writer.distinctId().isBlank();
        if (!known && isBlank(message.anonymousId)) {
            return draft.kind.call() + " without a userId or an anonymousId is dropped";
        }
        boolean hasProperties = (writer.flags() & RecordLayout.FLAG_PROPERTIES) != 0;
        return switch (draft.kind) {
            case MESSAGE_IDENTIFY -> known || hasProperties ? null : "identify without a userId or traits is dropped";
            case MESSAGE_TRACK -> named ? null : "track without an event name is dropped";
            case MESSAGE_GROUP -> named ? null : "group without a groupId is dropped";
            case MESSAGE_ALIAS -> named && known ? null : "alias without a previousId and a userId is dropped";
            default -> null;
        };
    }

    /** What few messages have. */
    private void writeMembers(boolean anonymous) {
        if (anonymous) {
            writer.flag(RecordLayout.FLAG_ANONYMOUS);
        } else if (!isBlank(message.anonymousId)) {
            member(ANONYMOUS_ID, message.anonymousId);
        }
        if (message.messageId != null) {
            writer.flag(RecordLayout.FLAG_MESSAGE_ID);
            member("messageId", message.messageId);
        }
        if (message.category != null) {
            member("category", message.category);
        }
    }

    private void member(String name, String value) {
        writer.space(RecordLayout.SPACE_MESSAGE);
        writer.key(name, RecordLayout.STRING);
        writer.stringValue(value);
        writer.space(RecordLayout.SPACE_PROPERTIES);
    }

    /** With its name, which is an event's; other names say who or where somebody is. */
    private String shown() {
        return draft.kind == EventKind.MESSAGE_TRACK
                ? "event \"" + ShownText.of(draft.name, MAX_SHOWN_NAME) + '"'
                : "a message";
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
