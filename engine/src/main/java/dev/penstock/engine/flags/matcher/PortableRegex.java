package dev.penstock.engine.flags.matcher;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a regular expression, says whether every engine would understand it alike, and rewrites it for RE2/J.
 *
 * <p>Portable are literals, {@code . ^ $ |}, groups without features, plain classes, the common escapes and greedy or
 * lazy repeats. A pattern is invalid only if it is so in every engine: what one of them accepts is outside. Once
 * something is outside, the rest is not looked at, since other engines may read it in another way.
 *
 * <p>The size of the program that RE2/J will make is bounded too, because a repeat is a copy for each time.
 */
final class PortableRegex {

    enum Verdict {
        PORTABLE,
        INVALID,
        OUTSIDE
    }

    static final int MAX_LENGTH = 10_000;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_REPEAT = 1_000;
    private static final int MAX_PROGRAM = 10_000;
    private static final int ASCII = 0x80;

    /** What the last thing read is, for a quantifier that may follow. */
    private enum Last {
        NOTHING,
        /** Consumes no character: an anchor, or a group without anything else. */
        EMPTY,
        ATOM,
        REPEAT
    }

    /** What is known of an open group, or of the whole pattern. */
    private static final class Group {
        private Last last = Last.NOTHING;
        private boolean consumes;
        private long size = 1;
        private long lastSize;
        private int copies = 1;
        private int lastCopies = 1;

        private void add(Last kind, long added, int addedCopies) {
            last = kind;
            consumes |= kind == Last.ATOM;
            size += added;
            lastSize = added;
            lastCopies = addedCopies;
            copies = Math.max(copies, addedCopies);
        }
    }

    private final String pattern;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Group> outer = new ArrayDeque<>();
    private Group group = new Group();
    private int next;
    private Verdict verdict = Verdict.PORTABLE;

    PortableRegex(String pattern) {
        this.pattern = pattern;
        if (pattern.length() > MAX_LENGTH) {
            verdict = Verdict.OUTSIDE;
        }
        while (next < pattern.length() && verdict != Verdict.OUTSIDE) {
            read(pattern.charAt(next++));
        }
        if (!outer.isEmpty()) {
            invalid();
        }
    }

    Verdict verdict() {
        return verdict;
    }

    /** The same for RE2/J, if it is portable. */
    String translated() {
        return out.toString();
    }

    /** About how many instructions it takes, and so how many steps for each character of a text. */
    long programSize() {
        return group.size;
    }

    private void read(char c) {
        switch (c) {
            case '(' -> open();
            case ')' -> close();
            case '|' -> {
                out.append('|');
                group.last = Last.NOTHING;
                group.size++;
            }
            case '^' -> add(Last.EMPTY, "^");
            case '$' -> add(Last.EMPTY, "\\z");
            case '.' -> add(Last.ATOM, ".");
            case '*', '+', '?' -> repeat(String.valueOf(c), 1, 1);
            case '{' -> countedRepeat();
            case '[' -> readClass();
            case '\\' -> readEscape();
            case ']', '}' -> outside();
            default -> {
                if (c < ASCII) {
                    add(Last.ATOM, literal(c));
                } else {
                    outside();
                }
            }
        }
    }

    private void open() {
        if ((at('?') && !pattern.startsWith("?:", next)) || outer.size() == MAX_DEPTH) {
            outside();
            return;
        }
        next += at('?') ? 2 : 0;
        out.append("(?:");
        outer.push(group);
        group = new Group();
    }

    private void close() {
        if (outer.isEmpty()) {
            invalid();
            return;
        }
        out.append(')');
        Group closed = group;
        group = outer.pop();
        group.add(closed.consumes ? Last.ATOM : Last.EMPTY, closed.size, closed.copies);
    }

    private void countedRepeat() {
        int close = pattern.indexOf('}', next);
        String counts = close < 0 ? "" : pattern.substring(next, close);
        int comma = counts.indexOf(',');
        int low = count(comma < 0 ? counts : counts.substring(0, comma));
        boolean open = comma >= 0 && comma == counts.length() - 1;
        int high = comma < 0 || open ? low : count(counts.substring(comma + 1));
        if (low < 0 || high < 0) {
            outside();
        } else if (low > high) {
            next = close + 1;
            invalid();
            group.last = Last.REPEAT;
        } else {
            next = close + 1;
            repeat("{" + counts + "}", open ? low + 1 : high, Math.max(high, 1));
        }
    }

    /** -1 for what is no number up to the most that may be counted; a leading zero is one thing to some, another to others. */
    private static int count(String digits) {
        boolean leadingZero = digits.length() > 1 && digits.charAt(0) == '0';
        if (digits.isEmpty() || digits.length() > 4 || leadingZero) {
            return -1;
        }
        int count = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count <= MAX_REPEAT ? count : -1;
    }

    private void repeat(String quantifier, int copies, int product) {
        switch (group.last) {
            case NOTHING -> invalid();
            case EMPTY, REPEAT -> outside();
            case ATOM -> {
                out.append(quantifier);
                if (at('?')) {
                    next++;
                    out.append('?');
                }
                grow(copies, product);
            }
        }
    }

    private void grow(int copies, int product) {
        long nested = (long) group.lastCopies * product;
        group.size += (group.lastSize + 1) * copies - group.lastSize + 1;
        group.last = Last.REPEAT;
        if (nested > MAX_REPEAT || group.size > MAX_PROGRAM) {
            outside();
        } else {
            group.copies = Math.max(group.copies, (int) nested);
        }
    }

    private void readEscape() {
        if (next == pattern.length()) {
            invalid();
            return;
        }
        char c = pattern.charAt(next);
        if (PortableEscape.isSet(c)) {
            next++;
            add(Last.ATOM, PortableEscape.set(c));
            return;
        }
        int escaped = readEscapedCharacter();
        if (escaped >= 0) {
            add(Last.ATOM, literal(escaped));
        }
    }

    /** The character meant by what follows a backslash, or -1 after it was found to be outside. */
    private int readEscapedCharacter() {
        int escaped = PortableEscape.character(pattern, next);
        next += PortableEscape.length(pattern, next);
        if (escaped < 0) {
            outside();
        }
        return escaped;
    }

    private void readClass() {
        PortableClass read = new PortableClass(pattern, next);
        next = read.end();
        switch (read.verdict()) {
            case PORTABLE -> {
                out.append(read.translated());
                group.add(Last.ATOM, 1, 1);
            }
            case INVALID -> {
                invalid();
                group.add(Last.ATOM, 1, 1);
            }
            case OUTSIDE -> outside();
        }
    }

    private void add(Last kind, String text) {
        out.append(text);
        group.add(kind, 1, 1);
    }

    /** Numbered, so that no character can mean anything but itself. */
    static String literal(int c) {
        return String.format("\\x%02X", c);
    }

    private boolean at(char c) {
        return next < pattern.length() && pattern.charAt(next) == c;
    }

    private void invalid() {
        verdict = verdict == Verdict.OUTSIDE ? Verdict.OUTSIDE : Verdict.INVALID;
    }

    private void outside() {
        verdict = Verdict.OUTSIDE;
    }
}
