package dev.penstock.engine.flags.matcher;

import java.util.Collection;
import java.util.Locale;

/**
 * Texts in lower case, looked up by texts in any case.
 *
 * <p>Lower-casing is Unicode's and may change a text's length, but an ASCII letter becomes one whatever stands around
 * it. So ASCII is compared in place, character by character, and a mismatch there is final; only a text that agrees up
 * to its first other character is lower-cased whole. A few texts are compared one after the other, more are hashed.
 */
final class TextSet {

    private static final int MAX_SCANNED = 8;
    private static final int ASCII = 0x80;

    /** In scanned sets the texts, in hashed ones an open table of a power of two, at most half full. */
    private final String[] texts;

    private final boolean hashed;

    TextSet(Collection<String> lowered) {
        this.hashed = lowered.size() > MAX_SCANNED;
        if (hashed) {
            texts = new String[Integer.highestOneBit(lowered.size()) * 4];
            lowered.forEach(this::insert);
        } else {
            texts = lowered.stream().map(String::intern).toArray(String[]::new);
        }
    }

    private void insert(String text) {
        int slot = slot(text);
        while (texts[slot] != null) {
            if (texts[slot].equals(text)) {
                return;
            }
            slot = (slot + 1) & (texts.length - 1);
        }
        texts[slot] = text;
    }

    boolean contains(String text) {
        return hashed ? containsHashed(text) : containsScanned(text);
    }

    private boolean containsScanned(String text) {
        if (isOneOf(text)) {
            return true;
        }
        for (String candidate : texts) {
            int compared = agreement(text, candidate);
            if (compared == text.length()) {
                if (compared == candidate.length()) {
                    return true;
                }
            } else if (text.charAt(compared) >= ASCII) {
                return containsLowered(text.toLowerCase(Locale.ROOT));
            }
        }
        return false;
    }

    /** Looks for the very object, which a literal of the application's is; without branches, as any of them may be it. */
    @SuppressWarnings("ReferenceEquality") // others are compared then
    private boolean isOneOf(String text) {
        boolean found = false;
        for (String candidate : texts) {
            found |= candidate == text;
        }
        return found;
    }

    /** How many leading characters of a text are ASCII and agree with a candidate's. */
    private static int agreement(String text, String candidate) {
        int length = Math.min(text.length(), candidate.length());
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII || AsciiCase.lower(c) != candidate.charAt(i)) {
                return i;
            }
        }
        return length;
    }

    private boolean containsLowered(String lowered) {
        for (String candidate : texts) {
            if (lowered.equals(candidate)) {
                return true;
            }
        }
        return false;
    }

    private boolean containsHashed(String text) {
        String key = isAscii(text) ? text : text.toLowerCase(Locale.ROOT);
        int slot = slot(key);
        while (texts[slot] != null) {
            if (AsciiCase.equalsLowered(key, texts[slot])) {
                return true;
            }
            slot = (slot + 1) & (texts.length - 1);
        }
        return false;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }

    private int slot(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + AsciiCase.lower(text.charAt(i));
        }
        return (hash ^ (hash >>> 16)) & (texts.length - 1);
    }
}
