package dev.penstock.engine.capture;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What is known of the message being filled besides what every event has.
 *
 * <p><b>Threads:</b> one.
 */
final class MessageDraft {

    /** Segment's own bound is "less than 100 characters". */
    static final int MAX_ID_CHARS = 99;

    private static final int UUID_CHARS = 36;

    String anonymousId;
    String category;

    /** The message's id, if it is no UUID in its usual form; else null. */
    String messageId;

    void clear() {
        anonymousId = null;
        category = null;
        messageId = null;
    }

    /**
     * Takes a message's id as text.
     *
     * @param text the id; not null, not blank
     * @return the UUID that stands for it within the client
     */
    UUID identify(String text) {
        UUID uuid = text.length() == UUID_CHARS ? parsed(text) : null;
        boolean usual = uuid != null && uuid.toString().equals(text);
        messageId = usual ? null : text;
        return uuid != null ? uuid : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID parsed(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // It also takes other forms, and reads them as something else.
            return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null; // any text may be an id
        }
    }
}
