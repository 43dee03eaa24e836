package dev.penstock.engine.encode;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Writes numbers as JSON.
 *
 * <p>A double whose shortest decimal has at most 15 digits and no exponent, which is what prices, ratios and scores
 * are, is written without an object. Any other one goes through Jackson's shortest-decimal writer, because the JDK's own
 * is not shortest before version 19. Guarded by {@code EncodeBenchmark}.
 */
final class JsonNumber {

    /** The most bytes any number takes. */
    static final int MAX_BYTES = 32;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double MAX_PLAIN = 1e15;
    private static final long MIN_LONG = Long.MIN_VALUE;

    private JsonNumber() {}

    /** Needs {@link #MAX_BYTES} of room. */
    static void write(long value, JsonOutput out) {
        if (value == MIN_LONG) {
            text("-9223372036854775808", out);
            return;
        }
        long rest = value;
        if (rest < 0) {
            out.put('-');
            rest = -rest;
        }
        int digits = digits(rest);
        byte[] target = out.bytes();
        int end = out.length() + digits;
        int p = end;
        do {
            target[--p] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        out.advance(end);
    }

    /** Needs {@link #MAX_BYTES} of room; the value is finite. */
    static void write(double value, JsonOutput out) {
        double magnitude = Math.abs(value);
        if (magnitude < MAX_PLAIN && magnitude >= 1e-3) {
            for (int decimals = 0; decimals < POWERS.length; decimals++) {
                double scaled = magnitude * POWERS[decimals];
                if (scaled >= MAX_PLAIN) {
                    break;
                }
                // Both operands are exact, so the quotient is the double nearest to the decimal: equality proves
                // that the decimal reads back as this value, and the first that does is the shortest.
                double rounded = Math.rint(scaled);
                if (rounded / POWERS[decimals] == magnitude) {
                    plain(value < 0, (long) rounded, decimals, out);
                    return;
                }
            }
        }
        if (value == 0) {
            text(Double.doubleToRawLongBits(value) == 0 ? "0.0" : "-0.0", out);
        } else {
            text(NumberOutput.toString(value, true), out);
        }
    }

    /** Needs {@link #MAX_BYTES} of room; the value is finite. */
    static void write(float value, JsonOutput out) {
        text(NumberOutput.toString(value, true), out);
    }

    private static void plain(boolean negative, long scaled, int decimals, JsonOutput out) {
        if (negative) {
            out.put('-');
        }
        if (decimals == 0) {
            write(scaled, out);
            out.put('.');
            out.put('0');
            return;
        }
        long power = (long) POWERS[decimals];
        write(scaled / power, out);
        out.put('.');
        long fraction = scaled % power;
        byte[] target = out.bytes();
        int end = out.length() + decimals;
        for (int p = end - 1; p >= out.length(); p--) {
            target[p] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        out.advance(end);
    }

    private static void text(String text, JsonOutput out) {
        for (int i = 0; i < text.length(); i++) {
            out.put(text.charAt(i));
        }
    }

    private static int digits(long value) {
        int digits = 1;
        long power = 10;
        while (digits < 19 && value >= power) {
            digits++;
            power *= 10;
        }
        return digits;
    }
}
