package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The rules of a batch of Segment messages. What the real host takes with 200 and then drops is refused here.
 * <p>
 * Runs under load; {@link EventReader} says what that asks for.
 */
final class SegmentValidator implements RequestValidator {
    private final EventReader reader = new EventReader();
    private final SegmentKey keyRules;
    private final SegmentContextRules context = new SegmentContextRules(reader);
    private final SegmentMessageRules messages = new SegmentMessageRules(reader, context);
    private final EventReader.ObjectRules root = this::root;

    private final SegmentTries tries;

    private Optional<SegmentTries.Try> begun = Optional.empty();
    private BatchContents contents;
    private SegmentLimits limits;
    private String bodyKey;
    private String batchId;
    private String sentAt;

    SegmentValidator(CollectorOptions options, SegmentTries tries) {
        this.tries = tries;
        this.keyRules = new SegmentKey(options.apiKey());
    }

    @Override
    public Encodings encodings() {
        return Encodings.GZIP_OR_IDENTITY;
    }

    /** The client of the import path tells no try from another. */
    @Override
    public void begin(RequestHead head) {
        begun = SegmentLimits.at(head.path()).isImport() ? Optional.empty() : Optional.of(tries.begin(head));
    }

    @Override
    public Optional<String> validate(RequestHead head, byte[] body, int length, BatchContents into)
            throws InvalidRequestException {
        String headerKey = keyRules.ofHeader(head);
        JsonBody.checkType(head);
        limits = SegmentLimits.at(head.path());
        limits.checkBody(length);
        messages.begin(limits.isImport());
        into.clear();
        contents = into;
        bodyKey = null;
        batchId = null;
        sentAt = null;
        reader.readBody(body, length, root);
        keyRules.check(headerKey, bodyKey);
        checkTry();
        return Optional.empty();
    }

    private void checkTry() throws InvalidRequestException {
        if (begun.isPresent()) {
            if (batchId == null) {
                begun.get().end();
            } else {
                begun.get().check(batchId, sentAt, contents);
            }
        }
    }

    private void root() throws IOException, InvalidRequestException {
        boolean batch = false;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            switch (name) {
                case "writeKey" -> {
                    reader.checkNonBlank(name, token);
                    bodyKey = reader.text();
                }
                case "sentAt" -> {
                    reader.checkOffsetTimestamp(name, token);
                    sentAt = reader.text();
                }
                case "messageId" -> {
                    reader.checkId(name, token);
                    batchId = reader.text();
                }
                case "context" -> context.read(name, token);
                case "integrations" -> messages.integrations(name, token);
                case "sequence" -> reader.check(token == JsonToken.VALUE_NUMBER_INT, name, "is not a whole number");
                case "batch" -> {
                    reader.check(token == JsonToken.START_ARRAY, name, "is not an array");
                    batch = true;
                    reader.readEvents(contents, limits.bounds(), messages);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(batch, "batch", "is missing");
        reader.check(contents.count() > 0, "batch", "is empty");
        reader.check(sentAt != null, "sentAt", "is missing");
    }
}
