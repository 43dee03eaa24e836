package dev.penstock.engine.flags.matcher;

/**
 * The three numbers of a version, read in place: {@code v1.2.3-rc.1} is 1, 2 and 3.
 *
 * <p>Read as {@link #start}, {@link #end}, then three times {@link #number} and {@link #next}.
 */
final class VersionText {

    /** What {@link #number} gives for what is none, or does not fit a long. */
    static final long INVALID = -1;

    private VersionText() {}

    /** After blanks and one {@code v}. */
    static int start(String text) {
        int start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return start < text.length() && (text.charAt(start) | 0x20) == 'v' ? start + 1 : start;
    }

    /** Before trailing blanks, and before a pre-release or build part. */
    static int end(String text, int start) {
        int end = trimmedEnd(text, start);
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '-' || text.charAt(i) == '+') {
                return i;
            }
        }
        return end;
    }

    static int trimmedEnd(String text, int start) {
        int end = text.length();
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether there is a first number at all. */
    static boolean begins(String text, int start, int end) {
        return start < end && text.charAt(start) != '.';
    }

    /** The number up to the next point; an empty one is 0. */
    static long number(String text, int from, int end) {
        long number = 0;
        for (int i = from; i < end && text.charAt(i) != '.'; i++) {
            int digit = text.charAt(i) - '0';
            boolean leadingZero = number == 0 && i > from;
            if (digit < 0 || digit > 9 || leadingZero || number > (Long.MAX_VALUE - digit) / 10) {
                return INVALID;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Where the number after the one at an index begins. */
    static int next(String text, int from, int end) {
        int dot = text.indexOf('.', from);
        return dot < 0 || dot >= end ? end : dot + 1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
