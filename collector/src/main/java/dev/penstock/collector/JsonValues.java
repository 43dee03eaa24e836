package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns JSON text that has been validated before into maps, lists and plain values. Any thread. */
final class JsonValues {
    // The table of names is not shared: names of stored events come from tests and differ without end.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonValues() {}

    /** Parses an object. */
    static Map<String, Object> object(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return readObject(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the texts among the fields at the root of an object. */
    static Map<String, String> texts(String json) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Parses the object in the first of some fields of an object; empty without any. */
    static Map<String, Object> objectField(String json, Set<String> fields) {
        try (JsonParser parser = JSON.createParser(json)) {
            return advanceTo(parser, fields) ? readObject(parser) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the object in the first of some fields out of an object; an empty one without any. */
    static String fieldText(String json, Set<String> fields) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (!advanceTo(parser, fields)) {
                return "{}";
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            return json.substring(start, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an event that has passed validation. */
    static ReceivedEvent event(Route route, String json) {
        if (route == Route.SEGMENT) {
            return SegmentMessage.event(json);
        }
        String event = "";
        String distinctId = "";
        String uuid = "";
        String timestamp = "";
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "event" -> event = parser.getText();
                    case "distinct_id" -> distinctId = parser.getText();
                    case "uuid" -> uuid = parser.getText();
                    case "timestamp" -> timestamp = parser.getText();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReceivedEvent(route, event, distinctId, uuid, UtcTimestamp.toInstant(timestamp), timestamp, json);
    }

    private static boolean advanceTo(JsonParser parser, Set<String> fields) throws IOException {
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (fields.contains(name)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Reads the object that a parser stands at the start of. */
    static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            map.put(name, read(parser, parser.nextToken()));
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> readWhole(parser);
            case VALUE_NUMBER_FLOAT -> readDecimal(parser);
            default -> null;
        };
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(read(parser, token));
        }
        return Collections.unmodifiableList(list);
    }

    private static Number readWhole(JsonParser parser) throws IOException {
        BigInteger whole = parser.getBigIntegerValue();
        if (whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        return whole;
    }

    private static Number readDecimal(JsonParser parser) throws IOException {
        BigDecimal exact = parser.getDecimalValue();
        double rounded = exact.doubleValue();
        if (Double.isInfinite(rounded) || BigDecimal.valueOf(rounded).compareTo(exact) != 0) {
            return exact;
        }
        return rounded;
    }
}
