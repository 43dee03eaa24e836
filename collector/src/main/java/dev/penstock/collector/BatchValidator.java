package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of the classic batch route, {@code POST /batch}.
 * <p>
 * Runs under load beside the client it measures, so: one pass of a streaming parser over the body array; values are
 * looked at as characters in the parser's buffer and never become strings; field names are canonical strings that the
 * parser hands out again; the parser's symbol table lives as long as the connection.
 */
final class BatchValidator implements RequestValidator {
    private static final Set<String> ENCODINGS = Set.of("gzip");
    private static final char[] CREATE_ALIAS = "$create_alias".toCharArray();
    private static final int UUID_LENGTH = 36;
    private static final byte[] HEX = hexDigits();

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final NameStack names = new NameStack();
    private final Optional<String> expectedKey;
    private final boolean keepOffsets;

    private JsonParser parser;
    private int index;
    private String sentKey;
    private long uuidHigh;
    private long uuidLow;

    BatchValidator(Optional<String> expectedKey, boolean keepOffsets) {
        this.expectedKey = expectedKey;
        this.keepOffsets = keepOffsets;
    }

    @Override
    public Set<String> encodings() {
        return ENCODINGS;
    }

    @Override
    public Verdict validate(RequestHead head, byte[] body, int length, BatchContents contents)
            throws InvalidRequestException {
        JsonBody.checkHead(head, "the batch route");
        JsonBody.checkText(body, length);
        names.clear();
        contents.clear();
        sentKey = null;
        try (JsonParser opened = json.createParser(body, 0, length)) {
            parser = opened;
            root(contents);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getMessage());
        } finally {
            parser = null;
        }
        if (expectedKey.isPresent() && !expectedKey.get().equals(sentKey)) {
            throw new InvalidRequestException(401, "api_key is not the one expected");
        }
        return Verdict.ACCEPTED;
    }

    private void root(BatchContents contents) throws IOException, InvalidRequestException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidRequestException("body is not a JSON object");
        }
        index = -1;
        boolean batch = false;
        names.enterObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkNew(name);
            JsonToken token = parser.nextToken();
            checkNotNull(name, token);
            switch (name) {
                case "api_key" -> {
                    checkNonBlank(name, token);
                    sentKey = parser.getText();
                }
                case "sent_at" -> checkTimestamp(name, token);
                case "historical_migration" -> check(token.isBoolean(), name, "is not a boolean");
                case "batch" -> {
                    check(token == JsonToken.START_ARRAY, name, "is not an array");
                    batch = true;
                    events(contents);
                }
                default -> skip(token);
            }
        }
        names.leaveObject();
        check(sentKey != null, "api_key", "is missing");
        check(batch, "batch", "is missing");
        check(contents.count() > 0, "batch", "is empty");
        if (parser.nextToken() != null) {
            throw new InvalidRequestException("something follows the JSON object");
        }
    }

    private void events(BatchContents contents) throws IOException, InvalidRequestException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            index = contents.count();
            if (token != JsonToken.START_OBJECT) {
                throw new InvalidRequestException("batch[" + index + "] is not an object");
            }
            int start = keepOffsets ? (int) parser.currentTokenLocation().getByteOffset() : 0;
            event();
            int end = keepOffsets ? (int) parser.currentLocation().getByteOffset() : 0;
            check(contents.add(uuidHigh, uuidLow, start, end), "uuid", "is used twice in the request");
        }
        index = -1;
    }

    private void event() throws IOException, InvalidRequestException {
        boolean event = false;
        boolean alias = false;
        boolean distinctId = false;
        boolean uuid = false;
        boolean timestamp = false;
        boolean properties = false;
        boolean innerDistinctId = false;
        names.enterObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkNew(name);
            JsonToken token = parser.nextToken();
            checkNotNull(name, token);
            switch (name) {
                case "event" -> {
                    checkNonBlank(name, token);
                    event = true;
                    alias = textIs(CREATE_ALIAS);
                }
                case "distinct_id" -> {
                    checkNonBlank(name, token);
                    distinctId = true;
                }
                case "uuid" -> {
                    readUuid(name, token);
                    uuid = true;
                }
                case "timestamp" -> {
                    checkTimestamp(name, token);
                    timestamp = true;
                }
                case "properties" -> {
                    check(token == JsonToken.START_OBJECT, name, "is not an object");
                    properties = true;
                    innerDistinctId = properties();
                }
                case "$set", "$set_once", "$groups" -> {
                    check(token == JsonToken.START_OBJECT, name, "is not an object");
                    skip(token);
                }
                default -> skip(token);
            }
        }
        names.leaveObject();
        check(event, "event", "is missing");
        check(distinctId, "distinct_id", "is missing");
        check(uuid, "uuid", "is missing");
        check(timestamp, "timestamp", "is missing");
        check(properties, "properties", "is missing");
        check(alias || !innerDistinctId, "distinct_id", "is repeated within properties");
    }

    /** Walks the properties; true when they hold a distinct_id. */
    private boolean properties() throws IOException, InvalidRequestException {
        boolean lib = false;
        boolean libVersion = false;
        boolean distinctId = false;
        names.enterObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkNew(name);
            JsonToken token = parser.nextToken();
            switch (name) {
                case "$lib" -> {
                    check(token == JsonToken.VALUE_STRING, name, "is not a string");
                    lib = true;
                }
                case "$lib_version" -> {
                    check(token == JsonToken.VALUE_STRING, name, "is not a string");
                    libVersion = true;
                }
                case "$set", "$set_once", "$groups" -> {
                    check(token == JsonToken.START_OBJECT, name, "is not an object");
                    skip(token);
                }
                case "distinct_id" -> {
                    distinctId = true;
                    skip(token);
                }
                default -> skip(token);
            }
        }
        names.leaveObject();
        check(lib, "$lib", "is missing");
        check(libVersion, "$lib_version", "is missing");
        return distinctId;
    }

    /** Passes over a value, still looking for names used twice; the parser bounds the depth. */
    private void skip(JsonToken token) throws IOException, InvalidRequestException {
        if (token == JsonToken.START_OBJECT) {
            names.enterObject();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                checkNew(name);
                skip(parser.nextToken());
            }
            names.leaveObject();
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                skip(next);
            }
        }
    }

    private void checkNew(String name) throws InvalidRequestException {
        if (!names.add(name)) {
            check(false, name, "is used twice in one object");
        }
    }

    private void checkNotNull(String name, JsonToken token) throws InvalidRequestException {
        if (token == JsonToken.VALUE_NULL) {
            check(false, name, "is null");
        }
    }

    private void checkNonBlank(String name, JsonToken token) throws IOException, InvalidRequestException {
        check(token == JsonToken.VALUE_STRING, name, "is not a string");
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (!Character.isWhitespace(text[i])) {
                return;
            }
        }
        check(false, name, "is blank");
    }

    private boolean textIs(char[] wanted) throws IOException {
        int offset = parser.getTextOffset();
        return parser.getTextLength() == wanted.length
                && Arrays.equals(parser.getTextCharacters(), offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    private void checkTimestamp(String name, JsonToken token) throws IOException, InvalidRequestException {
        check(token == JsonToken.VALUE_STRING, name, "is not a string");
        check(
                UtcTimestamp.isValid(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
                name,
                "is not a UTC timestamp of the form YYYY-MM-DDTHH:MM:SS[.fraction]Z");
    }

    private void readUuid(String name, JsonToken token) throws IOException, InvalidRequestException {
        check(token == JsonToken.VALUE_STRING, name, "is not a string");
        char[] text = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        check(
                parser.getTextLength() == UUID_LENGTH && parseUuid(text, offset),
                name,
                "is not a uuid in 8-4-4-4-12 form");
    }

    private boolean parseUuid(char[] text, int offset) {
        if (text[offset + 8] != '-'
                || text[offset + 13] != '-'
                || text[offset + 18] != '-'
                || text[offset + 23] != '-') {
            return false;
        }
        long timeLow = hex(text, offset, 8);
        long timeMid = hex(text, offset + 9, 4);
        long timeHigh = hex(text, offset + 14, 4);
        long sequence = hex(text, offset + 19, 4);
        long node = hex(text, offset + 24, 12);
        uuidHigh = timeLow << 32 | timeMid << 16 | timeHigh;
        uuidLow = sequence << 48 | node;
        return (timeLow | timeMid | timeHigh | sequence | node) >= 0;
    }

    private static long hex(char[] text, int from, int count) {
        long value = 0;
        int digits = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] < HEX.length ? HEX[text[i]] : -1;
            value = value << 4 | digit;
            digits |= digit;
        }
        return digits < 0 ? -1 : value;
    }

    private static byte[] hexDigits() {
        byte[] digits = new byte[128];
        for (int c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }

    private void check(boolean holds, String field, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(
                    index < 0 ? field + " " + fault : "batch[" + index + "]: " + field + " " + fault);
        }
    }
}
