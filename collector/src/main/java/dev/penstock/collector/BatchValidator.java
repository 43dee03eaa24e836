package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The rules of the classic batch form, as ordinary events and AI events travel in it.
 * <p>
 * Runs under load; {@link EventReader} says what that asks for.
 */
final class BatchValidator implements RequestValidator {
    private static final char[] CREATE_ALIAS = "$create_alias".toCharArray();

    private final EventReader reader = new EventReader();
    private final Route route;
    private final Optional<String> expectedKey;
    private final EventReader.ObjectRules root = this::root;
    private final EventReader.ObjectRules event = this::event;

    private BatchContents contents;
    private String sentKey;

    BatchValidator(Route route, Optional<String> expectedKey) {
        this.route = route;
        this.expectedKey = expectedKey;
    }

    @Override
    public Encodings encodings() {
        return Encodings.GZIP;
    }

    @Override
    public Optional<String> validate(RequestHead head, byte[] body, int length, BatchContents into)
            throws InvalidRequestException {
        if (route == Route.AI && !head.path().endsWith("/")) {
            throw new InvalidRequestException(308, "the AI route without the slash at its end");
        }
        JsonBody.checkHead(head, route.title());
        into.clear();
        contents = into;
        sentKey = null;
        reader.readBody(body, length, root);
        if (expectedKey.isPresent() && !expectedKey.get().equals(sentKey)) {
            throw new InvalidRequestException(401, "api_key is not the one expected");
        }
        // As the real host does: whose batch it is comes first.
        if (contents.count() == 0) {
            throw new InvalidRequestException("batch is empty");
        }
        return Optional.empty();
    }

    private void root() throws IOException, InvalidRequestException {
        boolean batch = false;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            switch (name) {
                case "api_key" -> {
                    reader.checkNonBlank(name, token);
                    sentKey = reader.text();
                }
                case "sent_at" -> reader.checkTimestamp(name, token);
                case "historical_migration" -> reader.check(token.isBoolean(), name, "is not a boolean");
                case "batch" -> {
                    reader.check(token == JsonToken.START_ARRAY, name, "is not an array");
                    batch = true;
                    reader.readEvents(contents, EventBounds.NONE, event);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(sentKey != null, "api_key", "is missing");
        reader.check(batch, "batch", "is missing");
    }

    private void event() throws IOException, InvalidRequestException {
        boolean event = false;
        boolean alias = false;
        boolean distinctId = false;
        boolean uuid = false;
        boolean timestamp = false;
        boolean properties = false;
        boolean innerDistinctId = false;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            switch (name) {
                case "event" -> {
                    reader.checkNonBlank(name, token);
                    event = true;
                    alias = reader.textIs(CREATE_ALIAS);
                }
                case "distinct_id" -> {
                    reader.checkNonBlank(name, token);
                    distinctId = true;
                }
                case "uuid" -> {
                    reader.readUuid(name, token);
                    uuid = true;
                }
                case "timestamp" -> {
                    reader.checkTimestamp(name, token);
                    timestamp = true;
                }
                case "properties" -> {
                    reader.checkObject(name, token);
                    properties = true;
                    innerDistinctId = properties();
                }
                case "$set", "$set_once", "$groups" -> {
                    reader.checkObject(name, token);
                    reader.skip(token);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(event, "event", "is missing");
        reader.check(distinctId, "distinct_id", "is missing");
        reader.check(uuid, "uuid", "is missing");
        reader.check(timestamp, "timestamp", "is missing");
        reader.check(properties, "properties", "is missing");
        reader.check(alias || !innerDistinctId, "distinct_id", "is repeated within properties");
    }

    /** Walks the properties; true when they hold a distinct_id. */
    private boolean properties() throws IOException, InvalidRequestException {
        boolean lib = false;
        boolean libVersion = false;
        boolean distinctId = false;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextValue();
            switch (name) {
                case "$lib" -> {
                    reader.checkString(name, token);
                    lib = true;
                }
                case "$lib_version" -> {
                    reader.checkString(name, token);
                    libVersion = true;
                }
                case "$set", "$set_once", "$groups" -> {
                    reader.checkObject(name, token);
                    reader.skip(token);
                }
                case "distinct_id" -> {
                    distinctId = true;
                    reader.skip(token);
                }
                default -> reader.skip(token);
            }
        }
        reader.leaveObject();
        reader.check(lib, "$lib", "is missing");
        reader.check(libVersion, "$lib_version", "is missing");
        return distinctId;
    }
}
