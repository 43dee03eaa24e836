package dev.penstock.cli.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An explanation for programs: the answer, its reason, and every step. */
final class ExplanationJson {

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        Conclusion conclusion = Conclusion.of(explanation);
        FlagAnswer answer = FlagAnswer.of(explanation.result());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", explanation.step().key());
        fields.put("kind", answer.kind());
        fields.put("value", answer.value());
        fields.put("payload", answer.payload());
        fields.put("reason", conclusion.sentence());
        fields.put("undecided", conclusion.causes());
        fields.put("advice", conclusion.advice());
        fields.put("evaluation", flag(explanation.step()));
        return JsonValues.write(fields);
    }

    private static Map<String, Object> flag(FlagStep step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", step.key());
        fields.put("value", step.value().toJsonValue());
        fields.put("subject", step.subject());
        fields.put("bucketing_id", step.id());
        if (step.subject() == null) {
            fields.put("settled", step.reason());
        }
        if (step.holdout() != null) {
            Map<String, Object> holdout = hash(step.holdout().hash());
            holdout.put("held_out", step.holdout().heldOut());
            fields.put("holdout", holdout);
        }
        fields.put(
                "conditions",
                step.conditions().stream().map(ExplanationJson::condition).toList());
        return fields;
    }

    private static Map<String, Object> condition(ConditionStep step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("condition", step.number());
        fields.put("subject", step.subject());
        fields.put("verdict", word(step.verdict()));
        if (step.isSkipped()) {
            fields.put("skipped", step.reason());
        }
        fields.put("filters", filters(step.filters()));
        if (step.rollout() != null) {
            Map<String, Object> rollout = hash(step.rollout().hash());
            rollout.put("percentage", step.rollout().percentage());
            rollout.put("in", step.rollout().in());
            fields.put("rollout", rollout);
        }
        if (step.variant() != null) {
            Map<String, Object> variant = hash(step.variant().hash());
            variant.put("variant", step.variant().name());
            variant.put("set_by_condition", step.variant().overridden());
            fields.put("variant", variant);
        }
        return fields;
    }

    private static List<Map<String, Object>> filters(List<FilterStep> filters) {
        return filters.stream().map(ExplanationJson::filter).toList();
    }

    private static Map<String, Object> filter(FilterStep filter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (filter instanceof FilterStep.OfProperty property) {
            fields.put("property", property.name());
            fields.put("test", property.test());
            fields.put("negated", property.negated());
            fields.put("given", property.known());
            fields.put("value", property.value());
        } else if (filter instanceof FilterStep.Settled settled) {
            fields.put("filter", settled.filter());
            fields.put("settled", settled.reason());
        } else if (filter instanceof FilterStep.OfCohort cohort) {
            fields.put("cohort", cohort.id());
            fields.put("member", word(cohort.member()));
            fields.put("negated", cohort.negated());
            fields.put("remembered", cohort.remembered());
            fields.put("filters", filters(cohort.inside()));
        } else if (filter instanceof FilterStep.OfFlag other) {
            fields.put("flag", other.key());
            fields.put("expected", other.expected());
            fields.put("actual", other.actual().toJsonValue());
            fields.put(
                    "flags", other.flags().stream().map(ExplanationJson::flag).toList());
        }
        fields.put("verdict", word(filter.verdict()));
        return fields;
    }

    /** Null in both forms where no hash was needed. */
    private static Map<String, Object> hash(long hash) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("hash", hash < 0 ? null : Wording.share(hash));
        fields.put("hash_hex", hash < 0 ? null : Wording.hex(hash));
        return fields;
    }

    private static String word(Enum<?> verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
