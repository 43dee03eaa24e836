package dev.penstock.benchmarks.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.benchmarks.support.EventSource;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Events of a file, a number of times over, through a translator. */
final class DataSource implements EventSource {
    private static final EventTranslator<Event> TRANSLATOR = (writer, event) -> writer.event(event.name())
            .distinctId(event.distinctId())
            .timestamp(event.timestamp())
            .putAll(event.properties());

    private final CaptureClient client;
    private final List<Event> events;
    private int left;
    private int next = -1;

    /**
     * An event of the file.
     *
     * @param name its name
     * @param distinctId whom it is about
     * @param timestamp when it happened, or null
     * @param properties strings, numbers, booleans and nulls
     */
    record Event(String name, String distinctId, Instant timestamp, Map<String, Object> properties) {}

    DataSource(CaptureClient client, List<Event> events, int times) {
        this.client = client;
        this.events = events;
        this.left = times;
    }

    /** Reads one event a line: {@code event}, {@code distinct_id}, {@code timestamp} and flat {@code properties}. */
    static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(event(parser));
            }
        }
        return events;
    }

    private static Event event(JsonParser parser) throws IOException {
        String name = null;
        String distinctId = null;
        Instant timestamp = null;
        Map<String, Object> properties = Map.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "event" -> name = parser.getText();
                case "distinct_id" -> distinctId = parser.getText();
                case "timestamp" ->
                    timestamp = OffsetDateTime.parse(parser.getText()).toInstant();
                case "properties" -> properties = properties(parser);
                default -> parser.skipChildren();
            }
        }
        return new Event(name, distinctId, timestamp, properties);
    }

    private static Map<String, Object> properties(JsonParser parser) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (token) {
                case VALUE_STRING -> properties.put(field, parser.getText());
                case VALUE_NUMBER_INT -> properties.put(field, parser.getLongValue());
                case VALUE_NUMBER_FLOAT -> properties.put(field, parser.getDoubleValue());
                case VALUE_TRUE, VALUE_FALSE -> properties.put(field, parser.getBooleanValue());
                case VALUE_NULL -> properties.put(field, null);
                default -> throw new IOException("only flat properties are read, but " + field + " is " + token);
            }
        }
        return properties;
    }

    @Override
    public boolean advance() {
        next++;
        if (next == events.size()) {
            next = 0;
            left--;
        }
        return left > 0 && !events.isEmpty();
    }

    @Override
    public CaptureResult capture() {
        return client.capture(TRANSLATOR, events.get(next));
    }
}
