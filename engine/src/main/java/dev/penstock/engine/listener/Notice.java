package dev.penstock.engine.listener;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** One event's outcome; the name is read from the JSON when it is asked for. */
record Notice(UUID uuid, String json, Outcome outcome, String reason) implements DeliveryNotice {

    @Override
    public String event() {
        // The encoder writes {"event":"<name>" first.
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            parser.nextToken();
            return parser.nextTextValue();
        } catch (IOException e) {
            throw new UncheckedIOException("an event's JSON cannot be read back", e);
        }
    }
}
