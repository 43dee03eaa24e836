package dev.penstock.cli.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads an event from a line of JSON, or says why it is none. One thread at a time. */
final class LineParser {
    /** The longest line that can be an event. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    // Names of properties come from outside and may differ without end: no table of them is kept across lines.
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(MAX_LINE_BYTES)
                    .build())
            .build();

    private String event;
    private String distinctId;
    private Instant timestamp;
    private UUID uuid;
    private Map<String, Object> properties;
    private boolean unknownFields;

    ImportedEvent parse(byte[] bytes, int length) throws BadLineException {
        event = null;
        distinctId = null;
        timestamp = null;
        uuid = null;
        properties = Map.of();
        unknownFields = false;
        try (JsonParser parser = json.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLineException("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                field(name, parser, parser.nextToken());
            }
            if (parser.nextToken() != null) {
                throw new BadLineException("more text after the JSON object");
            }
        } catch (StreamConstraintsException e) {
            throw new BadLineException("JSON beyond limits: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new BadLineException("not valid JSON at column " + column(e));
        } catch (IOException e) {
            throw new BadLineException("not valid UTF-8 JSON");
        }
        require(event, "event");
        require(distinctId, "distinct_id");
        return new ImportedEvent(event, distinctId, timestamp, uuid, properties, unknownFields);
    }

    private void field(String name, JsonParser parser, JsonToken token) throws IOException, BadLineException {
        switch (name) {
            case "event" -> event = token == JsonToken.VALUE_NULL ? null : string(name, parser, token);
            case "distinct_id" -> distinctId = id(parser, token);
            case "timestamp" -> timestamp = timestamp(parser, token);
            case "uuid" -> uuid = token == JsonToken.VALUE_NULL ? null : uuid(string(name, parser, token));
            case "properties" -> properties = properties(parser, token);
            default -> {
                unknownFields = true;
                parser.skipChildren();
            }
        }
    }

    private static Map<String, Object> properties(JsonParser parser, JsonToken token)
            throws IOException, BadLineException {
        if (token == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (token != JsonToken.START_OBJECT) {
            throw new BadLineException("properties is not an object");
        }
        return JsonTree.properties(parser);
    }

    /** Ids that are numbers become text, digit for digit. */
    private static String id(JsonParser parser, JsonToken token) throws IOException, BadLineException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
            default -> string("distinct_id", parser, token);
        };
    }

    private static Instant timestamp(JsonParser parser, JsonToken token) throws IOException, BadLineException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> TimestampText.parse(parser.getText());
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw new BadLineException("timestamp is outside the years 0000 to 9999");
                }
                yield TimestampText.ofEpochMillis(parser.getLongValue());
            }
            default -> throw new BadLineException("timestamp is neither a text nor a whole number of milliseconds");
        };
    }

    private static UUID uuid(String text) throws BadLineException {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new BadLineException("uuid " + Quoted.text(text) + " is not a UUID");
        }
        return UUID.fromString(text);
    }

    private static String string(String name, JsonParser parser, JsonToken token) throws IOException, BadLineException {
        if (token != JsonToken.VALUE_STRING) {
            throw new BadLineException(name + " is not a text");
        }
        return parser.getText();
    }

    private static void require(String value, String name) throws BadLineException {
        if (value == null) {
            throw new BadLineException(name + " is missing");
        }
        if (value.isBlank()) {
            throw new BadLineException(name + " is blank");
        }
    }

    private static int column(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    }
}
