package dev.penstock.engine.record;

/**
 * Makes text of others fit for a line of a log: on that line, bounded, and without what a terminal obeys.
 *
 * <p><b>Threads:</b> any.
 */
public final class ShownText {

    private static final int MAX_THROWN = 300;

    private ShownText() {}

    /**
     * The beginning of a text without its control characters and line breaks.
     *
     * @param text any text
     * @param maxChars how many characters to keep at most; a pair of surrogates is not cut in two
     * @return the text as it may be shown
     */
    public static String of(String text, int maxChars) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < maxChars; i++) {
            char c = text.charAt(i);
            if (!Character.isISOControl(c) && !isSeparator(c)) {
                shown.append(c);
            }
        }
        int last = shown.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(shown.charAt(last))) {
            shown.setLength(last);
        }
        return shown.toString();
    }

    /** The line breaks that are no control characters. */
    private static boolean isSeparator(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    /**
     * What an exception says of itself; its class alone if even that fails.
     *
     * @param thrown any exception
     * @return class and message, as they may be shown
     */
    public static String of(Throwable thrown) {
        try {
            return of(thrown.toString(), MAX_THROWN);
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }
}
