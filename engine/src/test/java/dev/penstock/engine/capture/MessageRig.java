package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.engine.deflate.MarkedValues;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.MessageEncoder;
import dev.penstock.engine.ring.RecordHandler;
import dev.penstock.engine.segment.MessageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way of a message from builder or value to JSON, without a thread of the engine's. JSON is parsed strictly, so a
 * duplicate member anywhere is a failure.
 */
public final class MessageRig {

    /** The default limit of a client. */
    public static final int MAX_MESSAGE_BYTES = 32_000;

    private final CaptureRig rig;
    private final MessageWriter writer;
    private final MessageEncoder encoder;
    private final JsonOutput out = new JsonOutput(1_024);
    private final RecordHandler encode;

    private MessageRig(CaptureRig rig, Map<String, ?> context) {
        this.rig = rig;
        this.writer = new MessageWriter(rig.pool());
        this.encoder = new MessageEncoder(
                rig.registry(), context == null ? null : rig.pool().acquire().snapshot(context));
        this.encode = (bytes, offset, length, references, at) -> {
            out.clear();
            encoder.encode(bytes, offset, references, at, out);
            return true;
        };
    }

    /**
     * A rig whose messages have a context only of their own.
     *
     * @return a rig
     */
    public static MessageRig create() {
        return new MessageRig(CaptureRig.limited(MAX_MESSAGE_BYTES), null);
    }

    /**
     * A rig whose messages all have a context beside their own.
     *
     * @param context its members
     * @return a rig
     */
    public static MessageRig withContext(Map<String, ?> context) {
        return new MessageRig(CaptureRig.limited(MAX_MESSAGE_BYTES), context);
    }

    /**
     * A rig that leaves tracks out.
     *
     * @param sampling decides which
     * @return a rig
     */
    static MessageRig sampled(Sampling sampling) {
        return new MessageRig(CaptureRig.sampled(sampling), null);
    }

    CaptureRig captures() {
        return rig;
    }

    /**
     * Begins a message.
     *
     * @param userId whom it is about
     * @return a builder
     */
    public MessageBuilder identify(String userId) {
        return begin(EventKind.MESSAGE_IDENTIFY, null).userId(userId);
    }

    /**
     * Begins a message.
     *
     * @param event the event's name
     * @return a builder
     */
    public MessageBuilder track(String event) {
        return begin(EventKind.MESSAGE_TRACK, event);
    }

    /**
     * Begins a message.
     *
     * @param name the page's name
     * @return a builder
     */
    public MessageBuilder page(String name) {
        return begin(EventKind.MESSAGE_PAGE, name);
    }

    /**
     * Begins a message.
     *
     * @param name the screen's name
     * @return a builder
     */
    public MessageBuilder screen(String name) {
        return begin(EventKind.MESSAGE_SCREEN, name);
    }

    /**
     * Begins a message.
     *
     * @param groupId the group
     * @return a builder
     */
    public MessageBuilder group(String groupId) {
        return begin(EventKind.MESSAGE_GROUP, groupId);
    }

    /**
     * Begins a message.
     *
     * @return a builder
     */
    public MessageBuilder alias() {
        return begin(EventKind.MESSAGE_ALIAS, null);
    }

    private EventScratch begin(EventKind kind, String name) {
        return rig.pool().acquire().beginMessage(kind, name);
    }

    /**
     * Registers a property key.
     *
     * @param name its name
     * @return the key
     */
    public PropertyKey propertyKey(String name) {
        return rig.registry().register(name);
    }

    /**
     * Sends a typed message.
     *
     * @param message the message
     * @return what became of it
     */
    public CaptureResult enqueue(Message message) {
        return writer.send(message);
    }

    /**
     * How many values could not be written as given.
     *
     * @return the count so far
     */
    public long valuesReplaced() {
        return rig.counters().valuesReplaced();
    }

    /**
     * Has warnings said.
     *
     * @return all that was said so far
     */
    public List<String> warnings() {
        return rig.warnings();
    }

    /** Encodes what was sent and drops the JSON. */
    int encodeAll() {
        return rig.ring().poll(encode, Integer.MAX_VALUE);
    }

    /**
     * What the last message that was read has besides its values.
     *
     * @return JSON with something else in place of each value
     */
    public String betweenValues() {
        return MarkedValues.between(out);
    }

    /**
     * Reads what was sent.
     *
     * @return the messages as JSON, in the order sent
     */
    public List<String> drain() {
        List<String> messages = new ArrayList<>();
        rig.ring()
                .poll(
                        (bytes, offset, length, references, at) -> {
                            encode.onRecord(bytes, offset, length, references, at);
                            CaptureRig.parse(out.toString());
                            MarkedValues.check(out);
                            messages.add(out.toString());
                            return true;
                        },
                        Integer.MAX_VALUE);
        return messages;
    }

    /**
     * Sends a message, which must be accepted, and reads it back.
     *
     * @param message a builder
     * @return its JSON
     */
    public String json(MessageBuilder message) {
        assertThat(message.send()).isEqualTo(CaptureResult.ACCEPTED);
        return only();
    }

    /**
     * Sends a typed message, which must be accepted, and reads it back.
     *
     * @param message the message
     * @return its JSON
     */
    public String jsonOf(Message message) {
        assertThat(enqueue(message)).isEqualTo(CaptureResult.ACCEPTED);
        return only();
    }

    private String only() {
        List<String> messages = drain();
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    /**
     * Sends a message, which must be accepted, and reads it back.
     *
     * @param message a builder
     * @return it, parsed strictly
     */
    public JsonNode tree(MessageBuilder message) {
        return CaptureRig.parse(json(message));
    }
}
