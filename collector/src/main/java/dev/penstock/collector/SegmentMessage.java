package dev.penstock.collector;

import java.util.Map;

/** Turns a Segment message that has passed validation into an event. Any thread. */
final class SegmentMessage {
    private SegmentMessage() {}

    static ReceivedEvent event(String json) {
        Map<String, String> texts = JsonValues.texts(json);
        String userId = texts.getOrDefault("userId", "");
        String timestamp = texts.get("timestamp");
        return new ReceivedEvent(
                Route.SEGMENT,
                texts.getOrDefault(subject(texts.get("type")), ""),
                userId.isBlank() ? texts.getOrDefault("anonymousId", "") : userId,
                EventId.of(texts.get("messageId")).toString(),
                OffsetTimestamp.toInstant(timestamp),
                timestamp,
                json);
    }

    /** The member that says what a message of this type is about. */
    private static String subject(String type) {
        return switch (type) {
            case "track" -> "event";
            case "page", "screen" -> "name";
            case "group" -> "groupId";
            case "alias" -> "previousId";
            default -> "";
        };
    }
}
