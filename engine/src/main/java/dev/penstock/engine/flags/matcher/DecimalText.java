package dev.penstock.engine.flags.matcher;

/**
 * Numbers out of texts that are a decimal number from end to end.
 *
 * <p>Up to 15 digits and a small power of ten are both exact as doubles, so one multiplication or division of them
 * rounds once and correctly (Clinger). Anything longer is left to {@code Double.parseDouble}, after its leniency has
 * been ruled out, and allocates.
 */
final class DecimalText {

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int MAX_EXACT_DIGITS = 15;
    private static final int MAX_EXPONENT = 100_000;

    private DecimalText() {}

    /**
     * Digits with an optional sign, fraction and exponent, between optional spaces.
     *
     * @return NaN if the text is anything else
     */
    static double parse(String text) {
        return parse(text, false);
    }

    /**
     * Takes also {@code .5}, {@code 5.} and other blanks for spaces, as some SDKs do.
     *
     * @return NaN if the text is anything else
     */
    static double parseLeniently(String text) {
        return parse(text, true);
    }

    private static double parse(String text, boolean lenient) {
        int end = text.length();
        int start = 0;
        while (start < end && isBlank(text.charAt(start), lenient)) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1), lenient)) {
            end--;
        }
        int i = start < end && isSign(text.charAt(start)) ? start + 1 : start;
        int wholeEnd = digitsEnd(text, i, end);
        int mantissaEnd = fractionEnd(text, wholeEnd, end);
        int digits = mantissaEnd - i - (mantissaEnd > wholeEnd ? 1 : 0);
        boolean complete = wholeEnd > i && mantissaEnd != wholeEnd + 1;
        if (digits == 0 || (!complete && !lenient) || !isExponent(text, mantissaEnd, end)) {
            return Double.NaN;
        }
        return value(text, start, i, wholeEnd, mantissaEnd, end);
    }

    private static double value(String text, int start, int first, int wholeEnd, int mantissaEnd, int end) {
        int power = exponent(text, mantissaEnd, end) - Math.max(mantissaEnd - wholeEnd - 1, 0);
        long mantissa = 0;
        int significant = 0;
        for (int i = first; i < mantissaEnd && significant <= MAX_EXACT_DIGITS; i++) {
            if (i != wholeEnd) {
                mantissa = mantissa * 10 + (text.charAt(i) - '0');
                significant += mantissa == 0 ? 0 : 1;
            }
        }
        if (significant > MAX_EXACT_DIGITS || Math.abs(power) >= POWERS.length) {
            return Double.parseDouble(text.substring(start, end));
        }
        double magnitude = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        return text.charAt(start) == '-' ? -magnitude : magnitude;
    }

    private static int fractionEnd(String text, int from, int end) {
        return from < end && text.charAt(from) == '.' ? digitsEnd(text, from + 1, end) : from;
    }

    private static boolean isExponent(String text, int from, int end) {
        if (from == end) {
            return true;
        }
        if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
            return false;
        }
        int digits = from + 1 < end && isSign(text.charAt(from + 1)) ? from + 2 : from + 1;
        return digits < end && digitsEnd(text, digits, end) == end;
    }

    /** Far beyond any double it stops counting. */
    private static int exponent(String text, int from, int end) {
        int exponent = 0;
        for (int i = from + 1; i < end && exponent < MAX_EXPONENT; i++) {
            if (!isSign(text.charAt(i))) {
                exponent = exponent * 10 + (text.charAt(i) - '0');
            }
        }
        return from < end && text.charAt(from + 1) == '-' ? -exponent : exponent;
    }

    private static int digitsEnd(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private static boolean isBlank(char c, boolean lenient) {
        return c == ' ' || (lenient && c >= '\t' && c <= '\r');
    }
}
