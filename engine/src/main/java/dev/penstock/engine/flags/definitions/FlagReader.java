package dev.penstock.engine.flags.definitions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads one flag. */
final class FlagReader {

    private final ObjectWriter json;

    FlagReader(ObjectWriter json) {
        this.json = json;
    }

    /**
     * Reads one flag.
     *
     * @return the flag, malformed if need be; null if it is no object or has no key
     */
    FlagDefinition read(Object value) {
        Fields fields;
        try {
            fields = Fields.of(value, "a flag");
        } catch (MalformedException e) {
            return null;
        }
        String key = fields.textOrNull("key");
        if (key == null || key.isEmpty()) {
            return null;
        }
        boolean active = false;
        List<String> contexts = List.of();
        FlagRules rules = null;
        String malformed = null;
        try {
            active = fields.bool("active") && !fields.bool("deleted");
            contexts = contexts(fields);
            rules = active ? rules(fields) : null;
        } catch (MalformedException e) {
            malformed = e.getMessage();
        }
        return new FlagDefinition(
                key,
                fields.raw("id") instanceof Long id ? OptionalLong.of(id) : OptionalLong.empty(),
                version(fields.raw("version")),
                fields.raw("has_experiment") instanceof Boolean has ? Optional.of(has) : Optional.empty(),
                active,
                "client".equals(fields.textOrNull("evaluation_runtime")),
                contexts,
                rules,
                malformed,
                JsonDigest.of(value));
    }

    private static OptionalInt version(Object value) {
        return value instanceof Long version && version == (int) (long) version
                ? OptionalInt.of((int) (long) version)
                : OptionalInt.empty();
    }

    private static List<String> contexts(Fields fields) throws MalformedException {
        List<?> values =
                fields.list(fields.raw("evaluation_contexts") == null ? "evaluation_tags" : "evaluation_contexts");
        List<String> contexts = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!(value instanceof String context)) {
                throw new MalformedException("an evaluation context", "text");
            }
            contexts.add(context);
        }
        return List.copyOf(contexts);
    }

    private FlagRules rules(Fields flag) throws MalformedException {
        Fields filters = flag.object("filters");
        return new FlagRules(
                flag.bool("ensure_experience_continuity"),
                "device_id".equals(flag.textOrNull("bucketing_identifier"))
                        || "device_id".equals(filters.textOrNull("bucketing_identifier")),
                groupType(filters.raw("aggregation_group_type_index")),
                filters.bool("early_exit"),
                holdout(filters),
                conditions(filters.list("groups")),
                variants(filters.object("multivariate").list("variants")),
                payloads(filters.object("payloads")));
    }

    private static GroupType groupType(Object index) throws MalformedException {
        if (index == null) {
            return GroupType.NONE;
        }
        if (!(index instanceof Long)) {
            throw new MalformedException("aggregation_group_type_index", "a whole number");
        }
        return new GroupType(index.toString());
    }

    private static FlagRules.Holdout holdout(Fields filters) throws MalformedException {
        Fields holdout = filters.object("holdout");
        Object id = holdout.raw("id");
        Double percentage = holdout.number("exclusion_percentage");
        if (id == null || percentage == null || !Double.isFinite(percentage)) {
            return null;
        }
        if (!(id instanceof Long || id instanceof BigInteger || id instanceof String)) {
            throw new MalformedException("the holdout's id", "a whole number or text");
        }
        return new FlagRules.Holdout(id.toString(), Math.max(0, Math.min(100, percentage)));
    }

    private static List<FlagRules.Condition> conditions(List<?> values) throws MalformedException {
        List<FlagRules.Condition> conditions = new ArrayList<>(values.size());
        for (Object value : values) {
            Fields fields = Fields.of(value, "a condition");
            List<FilterDefinition> filters = new ArrayList<>();
            for (Object filter : fields.list("properties")) {
                filters.add(FilterReader.filter(filter));
            }
            conditions.add(new FlagRules.Condition(
                    List.copyOf(filters),
                    fields.number("rollout_percentage"),
                    fields.textOrNull("variant"),
                    fields.has("aggregation_group_type_index")
                            ? groupType(fields.raw("aggregation_group_type_index"))
                            : null));
        }
        return List.copyOf(conditions);
    }

    private static List<FlagRules.Variant> variants(List<?> values) throws MalformedException {
        List<FlagRules.Variant> variants = new ArrayList<>(values.size());
        for (Object value : values) {
            Fields fields = Fields.of(value, "a variant");
            String key = fields.textOrNull("key");
            Double percentage = fields.number("rollout_percentage");
            if (key == null) {
                throw new MalformedException("a variant's key", "text");
            }
            if (percentage == null) {
                throw new MalformedException("a variant's rollout_percentage", "a number");
            }
            variants.add(new FlagRules.Variant(key, percentage));
        }
        return List.copyOf(variants);
    }

    /** As text throughout; what is not text in the definitions stands for itself as JSON. */
    private Map<String, String> payloads(Fields fields) throws MalformedException {
        Map<String, String> payloads = new LinkedHashMap<>();
        for (Map.Entry<String, Object> payload : fields.all().entrySet()) {
            Object value = payload.getValue();
            try {
                if (value != null) {
                    payloads.put(
                            payload.getKey(), value instanceof String text ? text : json.writeValueAsString(value));
                }
            } catch (JsonProcessingException e) {
                throw new MalformedException("a payload", "JSON");
            }
        }
        return Map.copyOf(payloads);
    }
}
