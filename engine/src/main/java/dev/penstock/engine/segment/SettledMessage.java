package dev.penstock.engine.segment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.client.segment.MessageNotice;
import dev.penstock.client.segment.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** One message's outcome; type and id are read from its JSON. */
record SettledMessage(MessageType type, String messageId, String json, Outcome outcome, String reason)
        implements MessageNotice {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** The encoder writes both before anything of the caller's that is nested. */
    static SettledMessage of(DeliveryNotice notice) {
        String json = notice.json();
        MessageType type = null;
        String messageId = "";
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                String value = parser.nextTextValue();
                if (name.equals("type")) {
                    type = MessageType.valueOf(value.toUpperCase(Locale.ROOT));
                } else if (name.equals("messageId")) {
                    messageId = value;
                    break;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a message's JSON cannot be read back", e);
        }
        return new SettledMessage(type, messageId, json, notice.outcome(), notice.reason());
    }
}
