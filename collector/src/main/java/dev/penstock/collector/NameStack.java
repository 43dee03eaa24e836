package dev.penstock.collector;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The field names of the objects a parser is inside of, to find a name used twice.
 * <p>
 * Jackson interns field names, so a small object is searched by identity: a few comparisons and no hashing. A large
 * object gets a hash set. One thread at a time.
 */
final class NameStack {
    private static final int SMALL = 24;

    private String[] names = new String[128];
    private int[] starts = new int[16];
    private Set<String>[] large = newSets(16);
    private int depth = -1;
    private int top;

    void clear() {
        depth = -1;
        top = 0;
    }

    void enterObject() {
        if (++depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            large = Arrays.copyOf(large, depth * 2);
        }
        starts[depth] = top;
        large[depth] = null;
    }

    void leaveObject() {
        top = starts[depth--];
    }

    /** Adds a name to the innermost object; false when it has that name. */
    boolean add(String name) {
        int start = starts[depth];
        if (large[depth] != null) {
            return large[depth].add(name);
        }
        for (int i = start; i < top; i++) {
            if (sameInterned(names[i], name)) {
                return false;
            }
        }
        if (top == names.length) {
            names = Arrays.copyOf(names, top * 2);
        }
        names[top++] = name;
        if (top - start > SMALL) {
            large[depth] = new HashSet<>(Arrays.asList(names).subList(start, top));
        }
        return true;
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private static boolean sameInterned(String a, String b) {
        return a == b;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Set<String>[] newSets(int count) {
        return new Set[count];
    }
}
