package dev.penstock.engine.flags.definitions;

import java.util.ArrayList;
import java.util.List;

/** Reads filters, and the groups of cohorts that hold them. */
final class FilterReader {

    /** Deeper groups are not decided here. */
    static final int MAX_DEPTH = 32;

    private FilterReader() {}

    static FilterDefinition filter(Object value) throws MalformedException {
        Fields fields = Fields.of(value, "a filter");
        String type = fields.textOrNull("type");
        FilterDefinition.Kind kind = "cohort".equals(type)
                ? FilterDefinition.Kind.COHORT
                : "flag".equals(type) ? FilterDefinition.Kind.FLAG : FilterDefinition.Kind.PROPERTY;
        return new FilterDefinition(
                kind,
                fields.textOrNull("key"),
                fields.has("value"),
                fields.raw("value"),
                operator(fields.raw("operator")),
                fields.isTrue("negation"),
                chain(fields.raw("dependency_chain")));
    }

    /** What is no text is no operator either, but it must not pass for a missing one. */
    private static String operator(Object value) {
        return value == null || value instanceof String
                ? (String) value
                : "not text: " + value.getClass().getSimpleName();
    }

    private static List<String> chain(Object value) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        List<String> chain = new ArrayList<>(list.size());
        for (Object member : list) {
            if (!(member instanceof String key)) {
                return null;
            }
            chain.add(key);
        }
        return List.copyOf(chain);
    }

    static CohortDefinition cohort(Object value) {
        CohortGroup group = group(value, 1);
        return new CohortDefinition(group, depth(group), JsonDigest.of(value));
    }

    private static CohortGroup group(Object value, int depth) {
        if (value == null) {
            return new CohortGroup(false, List.of(), null);
        }
        if (depth > MAX_DEPTH + 1) {
            return new CohortGroup(false, List.of(), null); // too deep to matter: the depth alone refuses it
        }
        try {
            Fields fields = Fields.of(value, "a group");
            if (fields.all().isEmpty()) {
                return new CohortGroup(false, List.of(), null);
            }
            String type = fields.textOrNull("type");
            boolean any = "OR".equals(type);
            if (!any && !"AND".equals(type) && !"property".equals(type)) {
                return CohortGroup.unusable("a group is neither AND nor OR");
            }
            return new CohortGroup(any, entries(fields.list("values"), depth), null);
        } catch (MalformedException e) {
            return CohortGroup.unusable(e.getMessage());
        }
    }

    private static List<CohortEntry> entries(List<?> values, int depth) throws MalformedException {
        List<CohortEntry> entries = new ArrayList<>(values.size());
        for (Object value : values) {
            Fields fields = Fields.of(value, "an entry of a cohort");
            entries.add(fields.has("values") ? group(value, depth + 1) : filter(value));
        }
        return List.copyOf(entries);
    }

    private static int depth(CohortGroup group) {
        int deepest = 0;
        for (CohortEntry entry : group.entries()) {
            if (entry instanceof CohortGroup nested) {
                deepest = Math.max(deepest, depth(nested));
            }
        }
        return deepest + 1;
    }
}
