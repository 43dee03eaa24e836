package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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

    /** Ids of Segment are shorter than this. */
    private static final int ID_BOUND = 100;

    private final BodyParser.Factory json = new BodyParser.Factory();
    private final NameStack names = new NameStack();
    private final EventId id = new EventId();

    private BodyParser parser;
    private int index;

    /** Reads a body that must be one JSON object in proper text. */
    void readBody(byte[] body, int length, ObjectRules root) throws InvalidRequestException {
        JsonBody.checkText(body, length);
        names.clear();
        index = -1;
        try (BodyParser opened = json.open(body, length)) {
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

    /** Reads the array of events whose start has been read, noting each event's id and place. */
    void readEvents(BatchContents contents, EventBounds bounds, ObjectRules event)
            throws IOException, InvalidRequestException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (contents.count() == bounds.maxCount()) {
                index = -1;
                check(false, "batch", "holds more than " + bounds.maxCount() + " " + bounds.thing() + "s");
            }
            index = contents.count();
            if (token != JsonToken.START_OBJECT) {
                throw new InvalidRequestException("batch[" + index + "] is not an object");
            }
            int start = parser.place() - 1;
            event.read();
            int end = parser.place();
            if (end - start > bounds.maxBytes()) {
                check(false, bounds.thing(), "is larger than " + bounds.maxBytes() + " bytes");
            }
            check(contents.add(id.high(), id.low(), start, end), bounds.id(), "is used twice in the request");
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
        check(!isBlank(), name, "is blank");
    }

    /** Whether a text holds nothing but white space. */
    boolean isBlank() throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (!Character.isWhitespace(text[i])) {
                return false;
            }
        }
        return true;
    }

    void checkTimestamp(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
        check(
                UtcTimestamp.isValid(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
                name,
                UtcTimestamp.FAULT);
    }

    void checkOffsetTimestamp(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
        check(
                OffsetTimestamp.isValid(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
                name,
                OffsetTimestamp.FAULT);
    }

    void readUuid(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkString(name, token);
        check(
                id.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
                name,
                "is not a uuid in 8-4-4-4-12 form");
    }

    /** Checks an id that need be no UUID. */
    void checkId(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkNonBlank(name, token);
        check(parser.getTextLength() < ID_BOUND, name, "is not under 100 characters");
    }

    /** Reads an event's id that need be no UUID. */
    void readId(String name, JsonToken token) throws IOException, InvalidRequestException {
        checkId(name, token);
        id.parseOrName(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** Refuses the request, naming the event and the field, unless a rule holds. */
    void check(boolean holds, String field, String fault) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(
                    index < 0 ? field + " " + fault : "batch[" + index + "]: " + field + " " + fault);
        }
    }
}
