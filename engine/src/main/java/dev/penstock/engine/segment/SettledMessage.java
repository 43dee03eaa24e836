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

/** One message's outcome; type and id are read from its JSON when they are asked for. */
record SettledMessage(DeliveryNotice notice) implements MessageNotice {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    @Override
    public MessageType type() {
        String type = member("type");
        return type == null ? null : MessageType.valueOf(type.toUpperCase(Locale.ROOT));
    }

    @Override
    public String messageId() {
        String id = member("messageId");
        return id == null ? "" : id;
    }

    /** A member that is text, or null. The encoder writes both before anything of the caller's that is nested. */
    private String member(String wanted) {
        try (JsonParser parser = JSON.createParser(json())) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                String value = parser.nextTextValue();
                if (name.equals(wanted)) {
                    return value;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a message's JSON cannot be read back", e);
        }
    }

    @Override
    public Outcome outcome() {
        return notice.outcome();
    }

    @Override
    public String reason() {
        return notice.reason();
    }

    @Override
    public String json() {
        return notice.json();
    }

    @Override
    public String toString() {
        return "SettledMessage[" + type() + " " + messageId() + ", " + outcome() + ", " + reason() + "]";
    }
}
