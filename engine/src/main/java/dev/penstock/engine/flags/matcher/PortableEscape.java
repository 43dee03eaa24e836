package dev.penstock.engine.flags.matcher;

/** What a backslash and the characters after it mean in every engine. */
final class PortableEscape {

    private static final String CONTROLS = "fnrtv";
    private static final String CONTROL_CHARACTERS = "\f\n\r\t\u000B";
    private static final int HEX_LENGTH = 3;

    private PortableEscape() {}

    /** Whether the letter stands for a set of characters. */
    static boolean isSet(char c) {
        return "dDwWsS".indexOf(c) >= 0;
    }

    /** The set as RE2/J writes it outside a class; its own blanks lack the vertical tab. */
    static String set(char c) {
        return switch (c) {
            case 's' -> "[\\t-\\r ]";
            case 'S' -> "[^\\t-\\r ]";
            default -> "\\" + c;
        };
    }

    /** The set as RE2/J writes it within a class. */
    static String setWithinClass(char c) {
        return switch (c) {
            case 's' -> "\\t-\\r\\x20";
            case 'S' -> "\\x00-\\x08\\x0E-\\x1F\\x21-\\x{10FFFF}";
            default -> "\\" + c;
        };
    }

    /** The one character meant by what stands at an index, after the backslash; -1 if engines disagree. */
    static int character(String pattern, int index) {
        char c = pattern.charAt(index);
        if (c == 'x') {
            return hex(pattern, index + 1);
        }
        int control = CONTROLS.indexOf(c);
        if (control >= 0) {
            return CONTROL_CHARACTERS.charAt(control);
        }
        boolean punctuation = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        return punctuation ? c : -1;
    }

    /** How many characters after the backslash belong to the escape. */
    static int length(String pattern, int index) {
        return pattern.charAt(index) == 'x' ? HEX_LENGTH : 1;
    }

    private static int hex(String pattern, int index) {
        if (index + 2 > pattern.length()) {
            return -1;
        }
        int high = hexDigit(pattern.charAt(index));
        int low = hexDigit(pattern.charAt(index + 1));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
