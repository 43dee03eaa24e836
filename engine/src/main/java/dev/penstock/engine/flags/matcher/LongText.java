package dev.penstock.engine.flags.matcher;

/** The decimal text of a long, read character by character without being made. */
final class LongText {

    private static final long[] POWERS = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private LongText() {}

    static int length(long value) {
        int digits = 1;
        while (digits < POWERS.length && value / POWERS[digits] != 0) {
            digits++;
        }
        return value < 0 ? digits + 1 : digits;
    }

    /** The character at an index of the text whose length is given. */
    static char charAt(long value, int length, int index) {
        if (index == 0 && value < 0) {
            return '-';
        }
        // The remainder of a negative value is negative; turning the value itself round would overflow at the lowest.
        return (char) ('0' + Math.abs(value / POWERS[length - 1 - index] % 10));
    }

    /** As {@code Long.toString(value).compareTo(other)}, but for the size of the difference. */
    static int compare(long value, String other) {
        int length = length(value);
        for (int i = 0; i < length && i < other.length(); i++) {
            int difference = charAt(value, length, i) - other.charAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return length - other.length();
    }

    /** Whether the text is what a long is written as: no plus, no leading zero, within range. */
    static boolean isCanonical(String text) {
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
