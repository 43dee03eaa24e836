package dev.penstock.client.segment;

import java.util.Locale;

/** The six messages of Segment. */
public enum MessageType {
    /** Who somebody is. */
    IDENTIFY,
    /** What somebody did. */
    TRACK,
    /** What page somebody saw. */
    PAGE,
    /** What screen of an app somebody saw. */
    SCREEN,
    /** What group somebody belongs to. */
    GROUP,
    /** What second id somebody has. */
    ALIAS;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * The name in the member {@code type} of a message.
     *
     * @return the name in lower case
     */
    public String wireName() {
        return wireName;
    }
}
