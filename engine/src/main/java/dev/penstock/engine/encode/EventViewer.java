package dev.penstock.engine.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.penstock.client.OutgoingEvent;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.RecordViewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Shows a finished record as an event of objects: it is encoded as for the wire, everything merged, and read back, so that
 * the view is what would be sent and has nothing in common with what the caller passed.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> in proportion to the event.
 */
public final class EventViewer implements RecordViewer {

    /** The event has passed all limits of ours. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // they are the application's, and without bound
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final EventEncoder encoder;
    private final JsonOutput json = new JsonOutput(4 * 1024);
    private final Object[] references = new Object[3];

    /**
     * Makes a viewer.
     *
     * @param encoder writes events with all their properties; nobody else uses it
     */
    public EventViewer(EventEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public OutgoingEvent view(
            byte[] record, PropertySnapshot superProperties, PropertySnapshot context, AttachedFlags flags) {
        references[0] = superProperties;
        references[1] = context;
        references[2] = flags;
        json.clear();
        try {
            encoder.encode(record, 0, references, 0, json);
        } finally {
            Arrays.fill(references, null);
        }
        try (JsonParser parser = JSON.createParser(json.bytes(), 0, json.length())) {
            return event(parser, record);
        } catch (IOException e) {
            throw new UncheckedIOException("an event's JSON cannot be read back", e);
        }
    }

    private static OutgoingEvent event(JsonParser parser, byte[] record) throws IOException {
        String name = null;
        String distinctId = null;
        Map<String, Object> properties = Map.of();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "event" -> name = parser.getText();
                case "distinct_id" -> distinctId = parser.getText();
                case "properties" -> properties = object(parser);
                default -> parser.skipChildren();
            }
        }
        UUID uuid = new UUID((long) RecordLayout.LONGS.get(record, RecordLayout.UUID_HIGH), (long)
                RecordLayout.LONGS.get(record, RecordLayout.UUID_LOW));
        Instant time = Instant.ofEpochSecond((long) RecordLayout.LONGS.get(record, RecordLayout.EPOCH_SECOND), (int)
                RecordLayout.INTS.get(record, RecordLayout.NANOS));
        return new OutgoingEvent(name, distinctId, uuid, time, properties);
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser.getDecimalValue());
            default -> null;
        };
    }

    private static Number integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }

    /** A double where the same digits are written for it. */
    private static Number decimal(BigDecimal number) {
        double nearest = number.doubleValue();
        if (!Double.isFinite(nearest)) {
            return number;
        }
        JsonOutput written = new JsonOutput(32);
        JsonNumber.write(nearest, written);
        return new BigDecimal(written.toString()).compareTo(number) == 0 ? (Number) nearest : number;
    }
}
