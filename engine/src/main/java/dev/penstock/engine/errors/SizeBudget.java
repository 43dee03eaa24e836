package dev.penstock.engine.errors;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How much JSON the list of exceptions may still become. An event that is too large is refused whole, so the list gives
 * up its least important parts instead.
 */
final class SizeBudget {

    /** One text may take this part of the whole, lest a single message leaves no room for stacks. */
    private static final int TEXT_PART = 8;

    private final long textBytes;
    private long left;

    SizeBudget(long bytes) {
        this.left = bytes;
        this.textBytes = bytes / TEXT_PART;
    }

    /** Takes some bytes; false if there are not as many, and then none are taken. */
    boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** How many parts of a size there is room for, one at least. */
    int roomFor(int partBytes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left / partBytes));
    }

    /** Sets some bytes aside for what is written in any case, or all there are; answers how many. */
    long reserve(long bytes) {
        long reserved = Math.min(left, bytes);
        left -= reserved;
        return reserved;
    }

    /** The longest beginning of a text that fits into what was reserved for it and what is left. */
    String text(String text, int reservedBytes, int maxChars) {
        long allowed = reservedBytes + Math.min(left, textBytes);
        int length = Math.min(text.length(), maxChars);
        long bytes = 0;
        int end = 0;
        while (end < length && bytes + bytes(text.charAt(end)) <= allowed) {
            bytes += bytes(text.charAt(end++));
        }
        left -= Math.max(0, bytes - reservedBytes);
        return beginning(text, end);
    }

    /** The first chars of a text, one fewer if a character would be cut in two. */
    static String beginning(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean splits = maxChars > 0
                && Character.isHighSurrogate(text.charAt(maxChars - 1))
                && Character.isLowSurrogate(text.charAt(maxChars));
        return text.substring(0, splits ? maxChars - 1 : maxChars);
    }

    /** How many bytes of JSON a text takes at most, without its quotes. */
    static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** How many bytes a value takes at most that is plain JSON: texts, numbers, booleans, and lists and maps of them. */
    static long bytesOfJson(Object value) {
        if (value instanceof String text) {
            return bytes(text) + 2;
        }
        long bytes = 2;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += bytesOfJson(entry.getKey()) + bytesOfJson(entry.getValue()) + 2;
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                bytes += bytesOfJson(item) + 1;
            }
        } else {
            bytes += value instanceof BigDecimal number
                    ? number.precision() + Math.abs((long) number.scale())
                    : value.toString().length();
        }
        return bytes;
    }

    private static int bytes(char c) {
        if (c < ' ') {
            return 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 ? 2 : 3;
    }
}
