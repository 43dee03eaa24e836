package dev.penstock.client.segment;

import java.time.Duration;

/**
 * Checks the options that only a Segment client has, or calls by another name; every message names the option.
 *
 * <p><b>Threads:</b> any; keeps no state.
 */
final class SegmentCheck {

    private static final int MAX_KEY_LENGTH = 1_000;

    private SegmentCheck() {}

    static void writeKey(String key) {
        // It is the user name of a Basic authorisation, where a colon ends the name. Its value is never part of a
        // message.
        if (key.length() > MAX_KEY_LENGTH || !isUserName(key)) {
            throw new IllegalArgumentException("writeKey must have at most " + MAX_KEY_LENGTH
                    + " printable ASCII characters without blanks and colons");
        }
    }

    private static boolean isUserName(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c > '~' || c == ':') {
                return false;
            }
        }
        return true;
    }

    static void range(long value, String name, long min, long max) {
        if (value < min || value > max) {
            throw outside(name, value, min, max);
        }
    }

    static void range(Duration value, String name, Duration min, Duration max) {
        if (value == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw outside(name, value, min, max);
        }
    }

    private static IllegalArgumentException outside(String name, Object value, Object min, Object max) {
        return new IllegalArgumentException(name + " must be between " + min + " and " + max + " but is " + value);
    }
}
