package dev.penstock.client.context;

/** Cleans and cuts what comes with a request, which anybody can send. */
final class HeaderText {

    static final int MAX_CHARS = 1_000;

    /** Whatever comes after so much rubbish is not looked at. */
    static final int MAX_LOOKED_AT = 16 * MAX_CHARS;

    private HeaderText() {}

    /** The text without control characters and surrounding white space, cut to {@link #MAX_CHARS}; null if nothing is left. */
    static String cleaned(String value) {
        if (value == null) {
            return null;
        }
        int end = wholeCharacters(value, MAX_LOOKED_AT);
        // One more than the limit, to see whether a pair stands across it.
        StringBuilder kept = new StringBuilder(Math.min(end, MAX_CHARS + 1));
        for (int i = 0; i < end && kept.length() <= MAX_CHARS; i++) {
            char next = value.charAt(i);
            boolean leading = kept.isEmpty() && Character.isWhitespace(next);
            if (!leading && !Character.isISOControl(next)) {
                kept.append(next);
            }
        }
        String cleaned = kept.substring(0, wholeCharacters(kept, MAX_CHARS)).strip();
        return cleaned.isEmpty() ? null : cleaned;
    }

    /** The first characters of a text, as many as the limit allows; no character is cut in two. */
    static String beginning(String value, int limit) {
        return value.substring(0, wholeCharacters(value, limit));
    }

    /** Up to {@code limit}, or one less where the limit would go through a pair of surrogates. */
    private static int wholeCharacters(CharSequence text, int limit) {
        if (text.length() <= limit) {
            return text.length();
        }
        return Character.isSurrogatePair(text.charAt(limit - 1), text.charAt(limit)) ? limit - 1 : limit;
    }
}
