package dev.penstock.client.segment;

/**
 * What each of the six messages must have, and the sentence that says what is missing: of what Segment's clients and its service
 * ask for, the strictest, but for the names of pages and screens.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> none for a valid message.
 */
final class MessageRules {

    private MessageRules() {}

    /** What makes a message invalid, or null. */
    static String problem(Message message) {
        if (isPresent(message.messageId()) && isTooLong(message.messageId())) {
            return "a message with an id of 100 characters or more is dropped";
        }
        return missing(message.type(), subject(message), message.userId(), message.anonymousId(), hasTraits(message));
    }

    /**
     * What a message lacks, or null.
     *
     * @param subject what a message of this type cannot be without, if there is such a thing: event, group id or previous id
     * @param hasTraits whether there is at least one; asked of an identify only
     */
    static String missing(MessageType type, String subject, String userId, String anonymousId, boolean hasTraits) {
        boolean known = isPresent(userId);
        if (!known && !isPresent(anonymousId)) {
            return type.wireName() + " without a userId or an anonymousId is dropped";
        }
        return switch (type) {
            case IDENTIFY -> known || hasTraits ? null : "identify without a userId or traits is dropped";
            case TRACK -> isPresent(subject) ? null : "track without an event name is dropped";
            case GROUP -> isPresent(subject) ? null : "group without a groupId is dropped";
            case ALIAS -> known && isPresent(subject) ? null : "alias without a previousId and a userId is dropped";
            case PAGE, SCREEN -> null;
        };
    }

    /** Whether a text cannot be a message's id. */
    static boolean isTooLong(String messageId) {
        return messageId.length() > MessageIds.MAX_CHARS;
    }

    static boolean isPresent(String text) {
        return text != null && !text.isBlank();
    }

    private static String subject(Message message) {
        if (message instanceof TrackMessage track) {
            return track.event();
        } else if (message instanceof GroupMessage group) {
            return group.groupId();
        }
        return message instanceof AliasMessage alias ? alias.previousId() : null;
    }

    /** A trait without a name is dropped by the client. */
    private static boolean hasTraits(Message message) {
        return message instanceof IdentifyMessage identify
                && identify.traits() != null
                && Members.hasNames(identify.traits().asMap());
    }
}
