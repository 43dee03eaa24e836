package dev.penstock.cli.flags;

import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagRules;
import java.util.List;

/**
 * The answer and its reason in one sentence, and what to do where there is no answer.
 *
 * @param sentence the sentence
 * @param causes all that left it undecided; empty if it is decided
 * @param advice what to do; null if there is nothing to do
 */
record Conclusion(String sentence, List<String> causes, String advice) {

    static Conclusion of(Explanation explanation) {
        FlagStep step = explanation.step();
        if (explanation.result() != null) {
            return new Conclusion(
                    "`" + step.key() + "` is " + Wording.answer(step.value()) + " for " + who(explanation) + ": "
                            + reason(explanation) + ".",
                    List.of(),
                    null);
        }
        if (explanation.problem() != null) {
            return undecided(explanation, List.of(new Causes.Cause(explanation.problem(), null)));
        }
        return undecided(explanation, Causes.of(step));
    }

    private static Conclusion undecided(Explanation explanation, List<Causes.Cause> causes) {
        String more = causes.size() == 1 ? "" : "; and " + (causes.size() - 1) + " more, below";
        return new Conclusion(
                "`" + explanation.step().key() + "` cannot be decided here for " + who(explanation) + ": "
                        + causes.get(0).text() + more + ".",
                Causes.texts(causes),
                advice(causes));
    }

    private static String advice(List<Causes.Cause> causes) {
        List<String> options = Causes.options(causes);
        if (options.isEmpty()) {
            return "Only the server can decide it; the client asks it if that is allowed (remoteFallback).";
        }
        boolean enough = causes.stream().allMatch(cause -> cause.option() != null);
        return (enough ? "To decide it here, pass " : "It may be decided here with ") + String.join(" ", options)
                + ". Otherwise the flag is missing.";
    }

    /** Who it is decided for: the id that decides, and whose it is if not the person's. */
    private static String who(Explanation explanation) {
        FlagStep step = explanation.step();
        if (step.id() == null || step.subject().equals("person")) {
            return explanation.context().distinctId();
        }
        return step.subject() + " " + step.id();
    }

    private static String reason(Explanation explanation) {
        FlagStep step = explanation.step();
        FlagDefinition flag = explanation.flag();
        if (step.subject() == null) {
            return "the flag is " + step.reason();
        }
        FlagRules rules = flag.rules();
        if (step.holdout() != null && step.holdout().heldOut()) {
            return "it is held out by holdout " + rules.holdout().id() + ", which takes "
                    + Wording.percent(rules.holdout().percentage());
        }
        ConditionStep matched = step.matched();
        return matched == null ? whyOff(step, rules) : "condition " + matched.number() + " matched" + how(matched);
    }

    private static String how(ConditionStep matched) {
        String rollout = matched.rollout().hash() < 0
                ? ""
                : ", the bucket is inside its rollout of "
                        + Wording.percent(matched.rollout().percentage());
        ConditionStep.Variant variant = matched.variant();
        if (variant == null) {
            return rollout + (rollout.isEmpty() ? " and lets everyone in" : "");
        }
        if (variant.overridden()) {
            return rollout + " and the condition sets the variant";
        }
        return rollout
                + (variant.name() == null ? " and no variant covers the bucket" : " and the bucket chose the variant");
    }

    private static String whyOff(FlagStep step, FlagRules rules) {
        if (rules.conditions().isEmpty()) {
            return "the flag has no conditions";
        }
        for (ConditionStep condition : step.conditions()) {
            if (condition.isRolledOut()) {
                String why = "condition " + condition.number() + " matched, but the bucket is outside its rollout of "
                        + Wording.percent(condition.rollout().percentage());
                boolean last = condition.number() == rules.conditions().size();
                if (last) {
                    return why;
                }
                return why + (rules.earlyExit() ? ", which ends the search (early exit)" : ", and no other matched");
            }
        }
        return "no condition matched" + detail(step.conditions());
    }

    /** Why a condition did not match: the filter that decided if there is only one condition, else groups not given. */
    private static String detail(List<ConditionStep> conditions) {
        if (conditions.size() == 1 && !conditions.get(0).isSkipped()) {
            List<FilterStep> filters = conditions.get(0).filters();
            return " (" + FilterText.of(filters.get(filters.size() - 1)) + ")";
        }
        for (ConditionStep condition : conditions) {
            if (condition.isSkipped()) {
                return " (condition " + condition.number() + " was " + condition.reason() + ")";
            }
        }
        return "";
    }
}
