package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagRules;
import dev.penstock.engine.flags.definitions.GroupType;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.FlagMetadata;
import dev.penstock.engine.flags.result.PayloadReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles one flag: makes all its answers, then what chooses among them. */
final class FlagCompiler {

    private final FlagDefinition definition;
    private final CompiledFlag.Identity identity;
    private final PayloadReader payloadReader;
    private final FlagMetadata metadata;
    private final Map<String, Optional<FlagPayload>> payloads = new HashMap<>();
    private final List<EvaluatedFlag> results = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    FlagCompiler(FlagDefinition definition, CompiledFlag.Identity identity, PayloadReader payloadReader) {
        this.definition = definition;
        this.identity = identity;
        this.payloadReader = payloadReader;
        this.metadata = new FlagMetadata(definition.id(), definition.version(), definition.hasExperiment());
        results.add(EvaluatedFlag.local(definition.key(), FlagValue.FALSE, Optional.empty(), metadata));
    }

    /** A flag that is always inconclusive. */
    CompiledFlag unusable(String reason) {
        return settled(CompiledFlag.INCONCLUSIVE, reason);
    }

    CompiledFlag compile(FilterCompiler filters, GroupTypes groupTypes) {
        if (identity.excluded()) {
            return settled(CompiledFlag.OFF, "excluded by its evaluation contexts");
        }
        if (definition.malformed() != null) {
            return unusable("malformed: " + definition.malformed());
        }
        if (!definition.active()) {
            return settled(CompiledFlag.OFF, "not active");
        }
        FlagRules rules = definition.rules();
        readPayloads(rules);
        result("", FlagValue.TRUE, "true");
        if (rules.continuity()) {
            return settled(CompiledFlag.INCONCLUSIVE, "assignments are kept by the server");
        }
        int[] variants = new int[rules.variants().size()];
        for (int i = 0; i < variants.length; i++) {
            variants[i] = variant(rules.variants().get(i).key());
        }
        CompiledCondition[] conditions = conditions(rules, filters, groupTypes);
        long holdoutBound = Rollout.NOBODY;
        int holdoutResult = CompiledFlag.OFF;
        if (rules.holdout() != null) {
            holdoutBound = Rollout.bound(rules.holdout().percentage());
            holdoutResult = variant("holdout-" + rules.holdout().id());
        }
        FlagLogic logic = new FlagLogic(
                (definition.key() + '.').getBytes(StandardCharsets.UTF_8),
                subject(rules, groupTypes),
                holdoutBound,
                holdoutResult,
                conditions,
                rules.earlyExit(),
                variants.length == 0 ? null : VariantTable.of(rules.variants(), variants),
                results.stream().map(result -> result.value().toString()).toArray(String[]::new));
        return flag(logic, CompiledFlag.INCONCLUSIVE, "evaluated");
    }

    private void readPayloads(FlagRules rules) {
        rules.payloads().forEach((value, text) -> {
            Optional<FlagPayload> payload = payloadReader.read(definition.key(), text);
            if (payload.isPresent()) {
                payloads.put(value, payload);
            }
        });
    }

    private int result(String name, FlagValue value, String payload) {
        numbers.put(name, results.size());
        results.add(EvaluatedFlag.local(
                definition.key(), value, payloads.getOrDefault(payload, Optional.empty()), metadata));
        return results.size() - 1;
    }

    /** The number of a variant's answer; that of a variant without a name is "on". */
    private int variant(String key) {
        Integer known = numbers.get(key);
        return known != null ? known : result(key, FlagValue.variant(key), key);
    }

    private static Subject subject(FlagRules rules, GroupTypes groupTypes) {
        if (rules.groupType().index() != null) {
            return groupTypes.subject(rules.groupType());
        }
        return rules.deviceBucketing() ? Subject.DEVICE : Subject.PERSON;
    }

    private CompiledCondition[] conditions(FlagRules rules, FilterCompiler filters, GroupTypes groupTypes) {
        CompiledCondition[] conditions =
                new CompiledCondition[rules.conditions().size()];
        for (int i = 0; i < conditions.length; i++) {
            FlagRules.Condition condition = rules.conditions().get(i);
            String override = condition.variant();
            conditions[i] = new CompiledCondition(
                    own(condition.groupType(), rules, groupTypes),
                    filters.filters(condition.filters()),
                    condition.percentage() == null ? 100 : condition.percentage(),
                    override == null || override.isEmpty() ? -1 : numbers.getOrDefault(override, -1));
        }
        return conditions;
    }

    /** Who a condition is about, if it is not about whom the flag is about. */
    private static Subject own(GroupType type, FlagRules rules, GroupTypes groupTypes) {
        if (type == null || type.index() == null || type.equals(rules.groupType())) {
            return null;
        }
        return groupTypes.subject(type);
    }

    private CompiledFlag settled(int outcome, String reason) {
        return flag(null, outcome, reason);
    }

    private CompiledFlag flag(FlagLogic logic, int settled, String reason) {
        return new CompiledFlag(
                identity, results.toArray(new EvaluatedFlag[0]), Map.copyOf(payloads), logic, settled, reason);
    }
}
