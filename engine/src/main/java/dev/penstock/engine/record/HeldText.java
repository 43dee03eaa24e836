package dev.penstock.engine.record;

import java.util.Arrays;

/**
 * Text that stands for something until its record is finished, kept as chars and not as the string it came in.
 *
 * <p>Why it is shaped so: what holds it lives as long as the client, and a reference to something young that is stored
 * into something old makes G1's write barrier wait until all stores before it are done, those into the ring included.
 * Three such stores were half of what it took to begin an event. See {@code docs/decisions/0023-the-capture-call.md};
 * guarded by {@code CaptureBenchmark}.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none, once grown to the usual text.
 */
public final class HeldText implements CharSequence {

    private static final int INITIAL_CHARS = 64;
    private static final int RETAINED_CHARS = 4 * 1_024;

    private final int maxChars;
    private char[] chars = new char[INITIAL_CHARS];
    private int length;
    private boolean blank = true;
    private boolean tooLong;

    HeldText(int maxChars) {
        this.maxChars = maxChars;
    }

    void clear() {
        length = 0;
        blank = true;
        tooLong = false;
    }

    /** Takes other text instead; null for none. */
    void set(String text) {
        if (text == null) {
            clear();
            return;
        }
        int newLength = text.length();
        tooLong = newLength > maxChars;
        if (newLength > chars.length) {
            if (tooLong) {
                newLength = 0;
            } else {
                chars = new char[Math.min(Math.max(newLength, 2 * chars.length), maxChars)];
            }
        }
        text.getChars(0, newLength, chars, 0);
        length = newLength;
        blank = !tooLong && text.isBlank();
    }

    void shrink() {
        if (chars.length > RETAINED_CHARS) {
            chars = new char[INITIAL_CHARS];
            clear();
        }
    }

    /**
     * Whether nobody would read anything.
     *
     * @return true if there is no text, or nothing but white space
     */
    public boolean isBlank() {
        return blank;
    }

    /** Whether it was longer than any event may be, and is not kept. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The chars, from index 0. */
    char[] array() {
        return chars;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(Arrays.copyOfRange(chars, start, end));
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
