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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Parses the object in one field of an object; empty without the field. */
    static Map<String, Object> objectField(String json, String field) {
        try (JsonParser parser = JSON.createParser(json)) {
            return advanceTo(parser, field) ? readObject(parser) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the object in one field out of an object; an empty one without the field. */
    static String fieldText(String json, String field) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (!advanceTo(parser, field)) {
                return "{}";
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            return json.substring(start, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the events of a batch that has passed validation. */
    static List<ReceivedEvent> events(Route route, String json) {
        List<ReceivedEvent> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            advanceTo(parser, "batch");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                events.add(event(route, json.substring(start, (int)
                        parser.currentLocation().getCharOffset())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableList(events);
    }

    /** Reads an event that has passed validation. */
    static ReceivedEvent event(Route route, String json) {
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

    private static boolean advanceTo(JsonParser parser, String field) throws IOException {
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(field)) {
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
