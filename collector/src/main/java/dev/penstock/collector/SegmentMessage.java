package dev.penstock.collector;

import java.util.Map;
import java.util.Set;

/** Turns a Segment message that has passed validation into an event. Any thread. */
final class SegmentMessage {
    private SegmentMessage() {}

    static ReceivedEvent event(String json) {
        Map<String, String> texts = JsonValues.texts(json);
        String userId = texts.getOrDefault("userId", "");
        String timestamp = texts.get("timestamp");
        return new ReceivedEvent(
                Route.SEGMENT,
                texts.getOrDefault(subject(SegmentType.named(texts.get("type"))), ""),
                userId.isBlank() ? texts.getOrDefault("anonymousId", "") : userId,
                EventId.of(texts.get("messageId")).toString(),
                OffsetTimestamp.toInstant(timestamp),
                timestamp,
                json);
    }

    /** The member with the properties of a message that has passed validation, which goes by its type; an alias has none. */
    static Set<String> propertiesField(String json) {
        return SegmentType.named(JsonValues.texts(json).get("type")).propertiesField();
    }

    /** The member that says what a message of this type is about. */
    private static String subject(SegmentType type) {
        return switch (type) {
            case IDENTIFY -> "";
            case TRACK -> "event";
            case PAGE, SCREEN -> "name";
            case GROUP -> "groupId";
            case ALIAS -> "previousId";
        };
    }
}
