package dev.penstock.engine.flags.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which flags and cohorts are compiled: what is referred to first. Also says which of them nobody may refer
 * to, because they lead back to themselves or lie too deep. Neither takes recursion, so no definitions exhaust the stack.
 */
final class CompileOrder {

    static final int MAX_COHORT_DEPTH = 32;
    static final int MAX_DEPTH = 128;

    private final Map<Content.Name, Content.Part> parts;
    private final Map<Content.Name, Integer> groups;
    private final List<Content.Name> names = new ArrayList<>();
    private final Map<Content.Name, Integer> cohortDepths = new HashMap<>();
    private final Map<Content.Name, Integer> depths = new HashMap<>();
    private final Set<Content.Name> unusable = new HashSet<>();

    /**
     * Finds the order.
     *
     * @param content what refers to what
     * @param groups how many groups are nested in each cohort
     */
    CompileOrder(Content content, Map<Content.Name, Integer> groups) {
        this.parts = content.parts();
        this.groups = groups;
        Map<Content.Name, Integer> open = new HashMap<>();
        Map<Content.Name, List<Content.Name>> referrers = new HashMap<>();
        ArrayDeque<Content.Name> ready = new ArrayDeque<>();
        parts.forEach((name, part) -> {
            int count = 0;
            for (Content.Name referred : part.references()) {
                if (parts.containsKey(referred)) {
                    referrers
                            .computeIfAbsent(referred, any -> new ArrayList<>())
                            .add(name);
                    count++;
                }
            }
            open.put(name, count);
            if (count == 0) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            Content.Name name = ready.remove();
            settle(name);
            for (Content.Name referrer : referrers.getOrDefault(name, List.of())) {
                if (open.merge(referrer, -1, Integer::sum) == 0) {
                    ready.add(referrer);
                }
            }
        }
        for (Content.Name name : parts.keySet()) {
            if (open.get(name) > 0) {
                names.add(name);
                unusable.add(name);
            }
        }
    }

    private void settle(Content.Name name) {
        names.add(name);
        int own = name.isFlag() ? 1 : groups.get(name);
        int cohortDepth = 0;
        int depth = 0;
        for (Content.Name referred : parts.get(name).references()) {
            if (!unusable.contains(referred)) {
                cohortDepth = Math.max(cohortDepth, cohortDepths.getOrDefault(referred, 0));
                depth = Math.max(depth, depths.getOrDefault(referred, 0));
            }
        }
        // Depth of cohorts begins anew with each flag.
        cohortDepths.put(name, name.isFlag() ? 0 : own + cohortDepth);
        depths.put(name, own + depth);
        if (cohortDepths.get(name) > MAX_COHORT_DEPTH || own + depth > MAX_DEPTH) {
            unusable.add(name);
        }
    }

    /** All flags and cohorts, what is referred to before what refers to it, unless that is impossible. */
    List<Content.Name> names() {
        return names;
    }

    /** Whether the name leads back to itself, or lies too deep. */
    boolean isUnusable(Content.Name name) {
        return unusable.contains(name);
    }
}
