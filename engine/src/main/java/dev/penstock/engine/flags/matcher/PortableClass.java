package dev.penstock.engine.flags.matcher;

import dev.penstock.engine.flags.matcher.PortableRegex.Verdict;

/**
 * Reads one class of characters, {@code [a-z_]}, as {@link PortableRegex} reads the rest.
 *
 * <p>Outside are a closing bracket in the first place, an opening one anywhere, the set operators of newer engines, and a
 * hyphen that is neither first nor last nor between the ends of a range.
 */
final class PortableClass {

    private static final String SET_OPERATORS = "&-~|";
    private static final int ASCII = 0x80;

    /** Read in place of one character. */
    private static final int SET = -1;

    private final String pattern;
    private final StringBuilder out = new StringBuilder("[");
    private Verdict verdict = Verdict.PORTABLE;
    private int next;

    /** @param start the index after the opening bracket */
    PortableClass(String pattern, int start) {
        this.pattern = pattern;
        this.next = start;
        if (at('^')) {
            out.append('^');
            next++;
        }
        if (at(']')) {
            outside();
        }
        int first = next;
        while (verdict != Verdict.OUTSIDE && next < pattern.length() && !at(']')) {
            readItem(next == first);
        }
        if (next >= pattern.length() && verdict != Verdict.OUTSIDE) {
            verdict = Verdict.INVALID;
        }
        out.append(']');
        next++;
    }

    Verdict verdict() {
        return verdict;
    }

    String translated() {
        return out.toString();
    }

    /** The index after the closing bracket. */
    int end() {
        return Math.min(next, pattern.length());
    }

    private void readItem(boolean first) {
        if (at('-') && !first && !isLast(next)) {
            outside();
            return;
        }
        int low = readCharacter();
        if (verdict == Verdict.OUTSIDE || !at('-') || isLast(next)) {
            return;
        }
        next++;
        if (low == SET || next == pattern.length() || at('-')) {
            outside();
            return;
        }
        out.append('-');
        int high = readCharacter();
        if (high == SET) {
            outside();
        } else if (low > high && verdict != Verdict.OUTSIDE) {
            verdict = Verdict.INVALID;
        }
    }

    /** Reads and writes one character or set. */
    private int readCharacter() {
        char c = pattern.charAt(next++);
        if (c == '\\') {
            return readEscape();
        }
        boolean operator = SET_OPERATORS.indexOf(c) >= 0 && at(c);
        if (c == '[' || operator || c >= ASCII) {
            outside();
        } else {
            out.append(PortableRegex.literal(c));
        }
        return c;
    }

    private int readEscape() {
        if (next == pattern.length()) {
            verdict = Verdict.INVALID;
            return 0;
        }
        char c = pattern.charAt(next);
        if (PortableEscape.isSet(c)) {
            next++;
            out.append(PortableEscape.setWithinClass(c));
            return SET;
        }
        int escaped = PortableEscape.character(pattern, next);
        next += PortableEscape.length(pattern, next);
        if (escaped < 0) {
            outside();
            return 0;
        }
        out.append(PortableRegex.literal(escaped));
        return escaped;
    }

    private boolean isLast(int index) {
        return index + 1 < pattern.length() && pattern.charAt(index + 1) == ']';
    }

    private boolean at(char c) {
        return next < pattern.length() && pattern.charAt(next) == c;
    }

    private void outside() {
        verdict = Verdict.OUTSIDE;
    }
}
