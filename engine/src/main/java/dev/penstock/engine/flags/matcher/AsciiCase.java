package dev.penstock.engine.flags.matcher;

/** Lower case for {@code A} to {@code Z} and for nothing else. */
final class AsciiCase {

    private AsciiCase() {}

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    static String lower(String text) {
        StringBuilder lowered = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            lowered.setCharAt(i, lower(text.charAt(i)));
        }
        return lowered.toString();
    }

    /** Unlike {@code equalsIgnoreCase}, takes no other letter for one of ASCII. */
    static boolean equalsLowered(String text, String lowered) {
        if (text.length() != lowered.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(text.charAt(i)) != lowered.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
