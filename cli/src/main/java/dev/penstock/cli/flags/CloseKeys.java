package dev.penstock.cli.flags;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the keys that somebody may have meant. Stateless. */
final class CloseKeys {
    private static final int MAX = 3;

    private CloseKeys() {}

    /** At most three keys, the closest first. */
    static List<String> of(String wanted, Collection<String> keys) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(2, lower.length() / 3);
        return keys.stream()
                .filter(key -> distance(lower, key.toLowerCase(Locale.ROOT)) <= tolerance)
                .sorted(Comparator.comparingInt(key -> distance(lower, key.toLowerCase(Locale.ROOT))))
                .limit(MAX)
                .toList();
    }

    /** How many characters must be put in, left out or replaced; one if a text is a part of the other. */
    private static int distance(String one, String other) {
        if (one.length() > 2 && other.length() > 2 && (one.contains(other) || other.contains(one))) {
            return 1;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
