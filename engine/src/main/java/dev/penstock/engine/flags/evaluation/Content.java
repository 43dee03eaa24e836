package dev.penstock.engine.flags.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a snapshot was compiled from, as digests, and what refers to what; enough to tell what a later one changed.
 *
 * @param parts digest and references of each flag and cohort
 */
record Content(Map<Name, Part> parts) {

    static final Content EMPTY = new Content(Map.of());

    /** The name of a flag or a cohort. */
    record Name(boolean isFlag, String text) {}

    /** A flag's or a cohort's own digest, and what it refers to. */
    record Part(long digest, Set<Name> references) {}

    /** Everything that changed, appeared or went away, and everything that leads there. */
    Set<Name> changedSince(Content before) {
        Set<Name> changed = new HashSet<>();
        for (Map.Entry<Name, Part> part : parts.entrySet()) {
            Part old = before.parts.get(part.getKey());
            if (old == null || old.digest() != part.getValue().digest()) {
                changed.add(part.getKey());
            }
        }
        for (Name name : before.parts.keySet()) {
            if (!parts.containsKey(name)) {
                changed.add(name);
            }
        }
        spread(changed);
        return changed;
    }

    private void spread(Set<Name> changed) {
        Map<Name, List<Name>> referrers = new HashMap<>();
        parts.forEach((name, part) -> part.references()
                .forEach(referred -> referrers
                        .computeIfAbsent(referred, any -> new ArrayList<>())
                        .add(name)));
        ArrayDeque<Name> open = new ArrayDeque<>(changed);
        while (!open.isEmpty()) {
            List<Name> next = Objects.requireNonNullElse(referrers.get(open.remove()), List.of());
            for (Name name : next) {
                if (changed.add(name)) {
                    open.add(name);
                }
            }
        }
    }
}
