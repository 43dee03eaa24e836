package dev.penstock.benchmarks.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Walks the JSON of a body once, byte by byte, makes nothing of it, and counts its events: the elements of the array
 * {@code batch} of an object, or in an array the objects whose {@code kind} is {@code custom}.
 * <p>
 * <b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class EventCount {
    private static final int DEEPEST = 64;
    private static final byte[] BATCH = "batch".getBytes(US_ASCII);
    private static final byte[] KIND = "kind".getBytes(US_ASCII);
    private static final byte[] CUSTOM = "custom".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private byte[] bytes = {};
    private int at;
    private int end;
    private int tokenStart;
    private int tokenEnd;
    private int batch;
    private int customs;

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    int of(byte[] body, int length) {
        bytes = body;
        at = 0;
        end = length;
        batch = 0;
        customs = 0;
        boolean array = peek() == '[';
        value(0);
        if (at < end && peek() != 0) {
            throw broken();
        }
        return array ? customs : batch;
    }

    private int value(int depth) {
        if (depth == DEEPEST) {
            throw broken();
        }
        byte first = peek();
        switch (first) {
            case '{' -> object(depth);
            case '[' -> {
                return array(depth);
            }
            case '"' -> string();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
        return 0;
    }

    private void object(int depth) {
        at++;
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            expect('"');
            at--;
            string();
            boolean isBatch = depth == 0 && isToken(BATCH);
            boolean isKind = depth == 1 && isToken(KIND);
            expect(':');
            int elements = value(depth + 1);
            if (isBatch) {
                batch = elements;
            } else if (isKind && isToken(CUSTOM)) {
                customs++;
            }
        } while (more('}'));
    }

    private int array(int depth) {
        at++;
        if (peek() == ']') {
            at++;
            return 0;
        }
        int elements = 0;
        do {
            value(depth + 1);
            elements++;
        } while (more(']'));
        return elements;
    }

    /** Whether a comma follows, or the end. */
    private boolean more(char close) {
        byte next = peek();
        at++;
        if (next != ',' && next != close) {
            throw broken();
        }
        return next == ',';
    }

    private void string() {
        byte[] from = bytes;
        int last = end;
        int i = at + 1;
        tokenStart = i;
        while (i < last) {
            byte b = from[i];
            if (b == '"') {
                tokenEnd = i;
                at = i + 1;
                return;
            }
            if (b >= 0 && b < ' ') {
                throw broken();
            }
            i += b == '\\' ? 2 : 1;
        }
        throw broken();
    }

    private void number() {
        int start = at;
        while (at < end && isNumeric(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw broken();
        }
    }

    private static boolean isNumeric(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }

    private void literal(byte[] text) {
        if (at + text.length > end || !Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
            throw broken();
        }
        at += text.length;
    }

    private boolean isToken(byte[] text) {
        return Arrays.equals(bytes, tokenStart, tokenEnd, text, 0, text.length);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw broken();
        }
        at++;
    }

    /** The next byte that is no space, or 0 at the end. */
    private byte peek() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return 0;
    }

    private IllegalArgumentException broken() {
        return new IllegalArgumentException("no JSON at byte " + at + " of " + end);
    }
}
