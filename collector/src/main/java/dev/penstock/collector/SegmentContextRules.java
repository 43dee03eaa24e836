package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The rules of a context, of a message or of the batch: a known member has its type, or is null, which says as little as
 * if it were not there; the library is no null. One thread at a time.
 */
final class SegmentContextRules {
    private final EventReader reader;

    SegmentContextRules(EventReader reader) {
        this.reader = reader;
    }

    /** Reads the context whose first token has been read, up to its end. */
    void read(String name, JsonToken token) throws IOException, InvalidRequestException {
        reader.checkObject(name, token);
        reader.enterObject();
        for (String member = reader.nextName(); member != null; member = reader.nextName()) {
            JsonToken value = reader.nextValue();
            if (value != JsonToken.VALUE_NULL || member.equals("library")) {
                check(member, value);
            }
            reader.skip(value);
        }
        reader.leaveObject();
    }

    private void check(String member, JsonToken value) throws InvalidRequestException {
        switch (member) {
            case "app",
                    "campaign",
                    "device",
                    "library",
                    "location",
                    "network",
                    "os",
                    "page",
                    "referrer",
                    "screen",
                    "traits" -> reader.check(value == JsonToken.START_OBJECT, member, "in context is not an object");
            case "ip", "locale", "groupId", "timezone", "userAgent" ->
                reader.check(value == JsonToken.VALUE_STRING, member, "in context is not a string");
            case "direct" -> reader.check(value.isBoolean(), member, "in context is not a boolean");
            default -> {
                // a member of the application's own, which may be anything
            }
        }
    }
}
