package dev.penstock.cli.flags;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads a definitions or case record from a line, or says why it is none. One thread at a time. */
final class RecordReader {
    private static final String DEFINITIONS = "definitions";
    private static final String CASE = "case";

    private final ObjectReader values = JsonValues.reader();

    /** Whether a line is a record, good or bad, rather than the beginning of something else. */
    boolean isRecord(byte[] bytes, int length) {
        try (JsonParser parser = values.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                    return parser.getText().equals(DEFINITIONS)
                            || parser.getText().equals(CASE);
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    VectorRecord parse(byte[] bytes, int length) throws BadRecordException {
        Map<String, Object> fields = new HashMap<>();
        byte[] body = null;
        try (JsonParser parser = values.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRecordException("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals(DEFINITIONS) && token == JsonToken.START_OBJECT) {
                    body = slice(parser, bytes);
                } else {
                    fields.put(name, token == JsonToken.VALUE_NULL ? null : values.readValue(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new BadRecordException("more text after the JSON object");
            }
        } catch (StreamConstraintsException e) {
            throw new BadRecordException("JSON beyond limits: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            throw new BadRecordException("not valid JSON at column " + column(e));
        } catch (IOException e) {
            throw new BadRecordException("not valid UTF-8 JSON");
        }
        Object type = fields.get("type");
        if (DEFINITIONS.equals(type)) {
            return definitions(fields.get("id"), body);
        }
        if (CASE.equals(type)) {
            return CaseFields.read(fields);
        }
        throw new BadRecordException("type is neither definitions nor case");
    }

    private static VectorRecord definitions(Object id, byte[] body) throws BadRecordException {
        if (!(id instanceof String text)) {
            throw new BadRecordException("id is not a text");
        }
        if (body == null) {
            throw new BadRecordException("definitions is not an object");
        }
        return new VectorRecord.Definitions(text, body);
    }

    /** The object that begins here, byte for byte: the definitions' own parser reads it. */
    private static byte[] slice(JsonParser parser, byte[] bytes) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(bytes, start, (int) parser.currentLocation().getByteOffset());
    }

    private static int column(JacksonException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    }
}
