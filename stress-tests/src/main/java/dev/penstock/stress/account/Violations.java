package dev.penstock.stress.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Promises found broken: how often each, with examples. Any thread. */
public final class Violations {
    private static final int MAX_EXAMPLES = 10;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();

    /**
     * Adds one.
     *
     * @param promise what is broken, the same text each time
     * @param example where, such as an id; may be empty
     */
    public synchronized void add(String promise, String example) {
        counts.merge(promise, 1L, Long::sum);
        List<String> some = examples.computeIfAbsent(promise, p -> new ArrayList<>());
        if (!example.isEmpty() && some.size() < MAX_EXAMPLES) {
            some.add(example);
        }
    }

    /**
     * Adds one unless something holds.
     *
     * @param holds what ought to
     * @param promise what is broken otherwise
     * @param example where
     */
    public void check(boolean holds, String promise, String example) {
        if (!holds) {
            add(promise, example);
        }
    }

    /**
     * How often one promise was broken.
     *
     * @param promise the promise
     * @return 0 or more
     */
    public synchronized long of(String promise) {
        return counts.getOrDefault(promise, 0L);
    }

    /**
     * How often any was broken.
     *
     * @return 0 or more
     */
    public synchronized long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * One line for each promise, and its examples indented below.
     *
     * @return the lines
     */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach((promise, count) -> {
            lines.add(promise + ": " + count);
            examples.get(promise).forEach(example -> lines.add("    " + example));
        });
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
