package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The rules of the analytics route, whose answer gives a verdict on each event.
 * <p>
 * Runs under load; {@link EventReader} says what that asks for.
 */
final class AnalyticsValidator implements RequestValidator {
    private static final char[] AI_PREFIX = "$ai_".toCharArray();

    private final EventReader reader = new EventReader();
    private final Encodings encodings;
    private final AnalyticsHead headRules;
    private final TryLog tries;
    private final EventReader.ObjectRules root = this::root;
    private final EventReader.ObjectRules event = this::event;

    private Optional<TryLog.Try> begun = Optional.empty();
    private BatchContents contents;
    private String createdAt;
    private String refused;

    AnalyticsValidator(CollectorOptions options, TryLog tries) {
        this.encodings = Encodings.ofAnalytics(options.decoders().keySet());
        this.headRules = new AnalyticsHead(options.apiKey());
        this.tries = tries;
    }

    @Override
    public Encodings encodings() {
        return encodings;
    }

    @Override
    public void begin(RequestHead head) {
        begun = tries.begin(head);
    }

    @Override
    public Optional<String> validate(RequestHead head, byte[] body, int length, BatchContents into)
            throws InvalidRequestException {
        headRules.check(head);
        into.clear();
        contents = into;
        createdAt = null;
        refused = null;
        reader.readBody(body, length, root);
        if (begun.isPresent()) {
            begun.get().check(createdAt, contents);
        }
        return Optional.ofNullable(refused);
    }

    private void root() throws IOException, InvalidRequestException {
        boolean batch = false;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            switch (name) {
                case "created_at" -> {
                    reader.checkTimestamp(name, token);
                    createdAt = reader.text();
                }
                case "historical_migration" -> reader.check(token == JsonToken.VALUE_TRUE, name, "is not true");
                case "api_key", "token", "sent_at" ->
                    reader.check(false, name, "is in the body, and a header takes its place");
                case "batch" -> {
                    reader.check(token == JsonToken.START_ARRAY, name, "is not an array");
                    batch = true;
                    reader.readEvents(contents, EventBounds.NONE, event);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(createdAt != null, "created_at", "is missing");
        reader.check(batch, "batch", "is missing");
        reader.check(contents.count() > 0, "batch", "is empty");
    }

    private void event() throws IOException, InvalidRequestException {
        long name = 0;
        long distinctId = 0;
        long uuid = 0;
        long timestamp = 0;
        reader.enterObject();
        for (String field = reader.nextName(); field != null; field = reader.nextName()) {
            JsonToken token = reader.nextNonNull(field);
            switch (field) {
                case "event" -> {
                    reader.checkNonBlank(field, token);
                    noteName();
                    name = reader.hashText(1);
                }
                case "distinct_id" -> {
                    reader.checkNonBlank(field, token);
                    distinctId = reader.hashText(2);
                }
                case "uuid" -> {
                    reader.readUuid(field, token);
                    uuid = reader.hashText(3);
                }
                case "timestamp" -> {
                    reader.checkTimestamp(field, token);
                    timestamp = reader.hashText(4);
                }
                case "session_id", "window_id" -> reader.checkString(field, token);
                case "options" -> {
                    reader.checkObject(field, token);
                    options();
                }
                case "properties" -> {
                    reader.checkObject(field, token);
                    properties();
                }
                case "$set", "$set_once", "$groups" ->
                    reader.check(false, field, "is at the root of the event, not in properties");
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(name != 0, "event", "is missing");
        reader.check(distinctId != 0, "distinct_id", "is missing");
        reader.check(uuid != 0, "uuid", "is missing");
        reader.check(timestamp != 0, "timestamp", "is missing");
        contents.describeNext(name ^ distinctId ^ uuid ^ timestamp);
    }

    private void noteName() throws IOException {
        if (reader.textStarts(AI_PREFIX)) {
            contents.refuseNext();
            if (refused == null) {
                refused = "batch[" + contents.count() + "]: event begins with $ai_, which this route does not take";
            }
        }
    }

    private void options() throws IOException, InvalidRequestException {
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            switch (name) {
                case "cookieless_mode", "disable_skew_correction", "process_person_profile" ->
                    reader.check(token.isBoolean(), name, "in options is not a boolean");
                case "product_tour_id" ->
                    reader.check(token == JsonToken.VALUE_STRING, name, "in options is not a string");
                default -> reader.check(false, name, "is no option");
            }
        }
        reader.leaveObject();
    }

    private void properties() throws IOException, InvalidRequestException {
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextValue();
            switch (name) {
                case "$session_id",
                        "$window_id",
                        "$process_person_profile",
                        "$cookieless_mode",
                        "$ignore_sent_at",
                        "$product_tour_id" -> reader.check(false, name, "is left in properties");
                case "distinct_id" -> reader.check(false, name, "is repeated within properties");
                case "$set", "$set_once", "$groups" -> {
                    reader.checkObject(name, token);
                    reader.skip(token);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
    }
}
