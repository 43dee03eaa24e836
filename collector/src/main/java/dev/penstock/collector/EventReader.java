package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;

/**
 * Walks the JSON of a batch strictly and reads the fields that every event has.
 * <p>
 * Runs under load beside the client it measures, so: one pass of a streaming parser over the body array; values are
 * looked at as characters in the parser's buffer and never become strings; field names are canonical strings that the
 * parser hands out again; the parser's symbol table lives as long as the connection. One thread at a time.
 */
final class EventReader {
    /** Reads one object whose start has been read, up to its end. */
    interface ObjectRules {
        void read() throws IOException, InvalidRequestException;
    }

    private static final int UUID_LENGTH = 36;
    private static final byte[] HEX = hexDigits();

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final NameStack names = new NameStack();

    private JsonParser parser;
    private int index;
    private long uuidHigh;
    private long uuidLow;

    /** Reads a body that must be one JSON object in proper text. */
    void readBody(byte[] body, int length, ObjectRules root) throws InvalidRequestException {
        JsonBody.checkText(body, length);
        names.clear();
        index = -1;
        try (JsonParser opened = json.createParser(body, 0, length)) {
            parser = opened;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRequestException("body is not a JSON object");
            }
            root.read();
            if (parser.nextToken() != null) {
                throw new InvalidRequestException("something follows the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getMessage());
        } finally {
            parser = null;
        }
    }

    /** Reads the array of events whose start has been read, noting each event's id and, where asked, its place. */
    void readEvents(BatchContents contents, boolean places, ObjectRules event)
            throws IOException, InvalidRequestException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            index = contents.count();
            if (token != JsonToken.START_OBJECT) {
                throw new InvalidRequestException("batch[" + index + "] is not an object");
            }
            int start = places ? (int) parser.currentTokenLocation().getByteOffset() : 0;
            event.read();
            int end = places ? (int) parser.currentLocation().getByteOffset() : 0;
            check(contents.add(uuidHigh, uuidLow, start, end), "uuid", "is used twice in the request");
        }
        index = -1;
    }

    void enterObject() {
        names.enterObject();
    }

    void leaveObject() {
        names.leaveObject();
    }

    /** The next name of the innermost object, not used in it before; null at its end. */
    String nextName() throws IOException, InvalidRequestException {
        String name = parser.nextFieldName();
        if (name != null && !names.add(name)) {
            check(false, name, "is used twice in one object");
        }
        return name;
    }

    JsonToken nextValue() throws IOException {
        return parser.nextToken();
    }

    JsonToken nextNonNull(String name) throws IOException, InvalidRequestException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            check(false, name, "is null");
        }
        return token;
    }

    /** Passes over a value, still looking for names used twice; the parser bounds the depth. */
    void skip(JsonToken token) throws IOException, InvalidRequestException {
        if (token == JsonToken.START_OBJECT) {
            enterObject();
            while (nextName() != null) {
                skip(parser.nextToken());
            }
            leaveObject();
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                skip(next);
            }
        }
    }

    String text() throws IOException {
        return parser.getText();
    }

    boolean textIs(char[] wanted) throws IOException {
        return parser.getTextLength() == wanted.length && textStarts(wanted);
    }

    boolean textStarts(char[] wanted) throws IOException {
        int offset = parser.getTextOffset();
        return parser.getTextLength() >= wanted.length
                && Arrays.equals(parser.getTextCharacters(), offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    /** Mixes the characters of a text into a hash; the order of texts matters. */
    long hashText(long hash) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        long mixed = hash;
        for (int i = parser.getTextOffset(); i < end; i++) {
            mixed = (mixed ^ text[i]) * 0x100000001b3L;
        }
        return UuidSet.hash(mixed, end - parser.getTextOffset());
    }

    void checkString(String name, JsonToken token) throws InvalidRequestException {
        check(token == JsonToken.VALUE_STRING, name, "is not a string");
    }

    void checkObject(String name, JsonToken token) throws InvalidRequestException {
        check(token == JsonToken.START_OBJECT, name, "is not an object");
    }

    void checkNonBlank(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (!Character.isWhitespace(text[i])) {
                return;
            }
        }
        check(false, name, "is blank");
    }

    void checkTimestamp(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
        check(
                UtcTimestamp.isValid(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
                name,
                UtcTimestamp.FAULT);
    }

    void readUuid(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
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

    /** Refuses the request, naming the event and the field, unless a rule holds. */
    void check(boolean holds, String field, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(
                    index < 0 ? field + " " + fault : "batch[" + index + "]: " + field + " " + fault);
        }
    }
}
