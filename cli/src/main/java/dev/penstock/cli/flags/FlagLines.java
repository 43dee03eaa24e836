package dev.penstock.cli.flags;

import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagRules;
import dev.penstock.engine.flags.evaluation.FilterVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Shows how a flag was evaluated: subject, holdout, conditions with rollout and variant. */
final class FlagLines {
    private static final int TITLE_WIDTH = 12;
    private static final int STEP = 2;
    private static final MathContext SHARE_DIGITS = new MathContext(9);

    private final LoadedDefinitions definitions;
    private final TextLines lines;
    private final FilterLines filters;

    FlagLines(LoadedDefinitions definitions, TextLines lines) {
        this.definitions = definitions;
        this.lines = lines;
        this.filters = new FilterLines(definitions, lines, this);
    }

    /** A flag that another depends on, with its value before its steps. */
    void nested(FlagStep step, int indent) {
        lines.text(
                indent,
                step.key() + " is " + Wording.answer(step.value())
                        + (step.subject() == null ? ": " + step.reason() : ":"));
        show(step, indent + STEP);
    }

    void show(FlagStep step, int indent) {
        FlagDefinition flag = definitions.flag(step.key());
        if (step.subject() == null || flag == null || flag.rules() == null) {
            return;
        }
        title(
                indent,
                "Subject",
                step.subject()
                        + (step.id() == null
                                ? ", whose id was not given"
                                : ", bucketed by " + Wording.value(step.id())));
        if (step.holdout() != null) {
            title(indent, "Holdout", holdout(step.holdout(), flag.rules().holdout()));
        }
        if (flag.rules().earlyExit()) {
            title(indent, "Early exit", "the first condition whose filters match decides, also by its rollout");
        }
        for (ConditionStep condition : step.conditions()) {
            condition(condition, step, flag.rules(), indent);
        }
        int all = flag.rules().conditions().size();
        for (int number = step.conditions().size() + 1; number <= all && step.id() != null; number++) {
            lines.text(indent, "Condition " + number + " of " + all + ": not looked at");
        }
    }

    void title(int indent, String title, String text) {
        lines.item(indent, title, TITLE_WIDTH, text);
    }

    private static String holdout(FlagStep.Holdout step, FlagRules.Holdout holdout) {
        String text = holdout.id() + ", which takes " + Wording.percent(holdout.percentage());
        if (holdout.percentage() >= 100) {
            return text + ": held out";
        }
        return text + ": " + compared(step.hash(), holdout.percentage(), step.heldOut())
                + (step.heldOut() ? ": held out" : ": not held out");
    }

    private static String compared(long hash, double percentage, boolean inside) {
        return "hash " + Wording.hash(hash) + (inside ? " is not above " : " is above ") + share(percentage / 100.0);
    }

    private void condition(ConditionStep condition, FlagStep flag, FlagRules rules, int indent) {
        String about = condition.subject().equals(flag.subject()) ? "" : ", about the " + condition.subject();
        lines.text(
                indent,
                "Condition " + condition.number() + " of " + rules.conditions().size() + about + ": "
                        + outcome(condition));
        int inner = indent + STEP;
        filters.show(condition.filters(), inner);
        if (condition.filters().isEmpty() && !condition.isSkipped()) {
            lines.item(inner, "yes", FilterLines.VERDICT_WIDTH, "no filters: everyone");
        }
        if (condition.rollout() != null) {
            rollout(condition.rollout(), inner);
        }
        if (condition.variant() != null) {
            variant(condition.variant(), rules.variants(), inner);
        }
    }

    private static String outcome(ConditionStep condition) {
        if (condition.isSkipped()) {
            return condition.reason();
        }
        if (condition.isRolledOut()) {
            return "matches, but the bucket is outside the rollout";
        }
        if (condition.verdict() == FilterVerdict.YES) {
            return "matches";
        }
        return condition.isOpen() ? "cannot be decided" : "does not match";
    }

    private void rollout(ConditionStep.Rollout rollout, int indent) {
        String text = "rollout " + Wording.percent(rollout.percentage()) + ": "
                + (rollout.hash() < 0 ? "everyone" : compared(rollout.hash(), rollout.percentage(), rollout.in()));
        lines.item(indent, rollout.in() ? "in" : "out", FilterLines.VERDICT_WIDTH, text);
    }

    private void variant(ConditionStep.Variant variant, List<FlagRules.Variant> variants, int indent) {
        if (variant.overridden()) {
            lines.item(indent, "variant", FilterLines.VERDICT_WIDTH, variant.name() + ", set by the condition");
            return;
        }
        lines.item(indent, "variant", FilterLines.VERDICT_WIDTH, "hash " + Wording.hash(variant.hash()));
        int width = variants.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        double low = 0;
        for (FlagRules.Variant row : variants) {
            double high = low + row.percentage() / 100.0;
            boolean chosen = low <= Wording.share(variant.hash()) && Wording.share(variant.hash()) < high;
            lines.item(
                    indent + FilterLines.VERDICT_WIDTH,
                    row.key(),
                    width + STEP,
                    "from " + share(low) + " to below " + share(high) + (chosen ? "  <- chosen" : ""));
            low = high;
        }
        if (variant.name() == null) {
            lines.text(indent + FilterLines.VERDICT_WIDTH, "no variant covers the hash, so the value is true");
        }
    }

    private static String share(double share) {
        return Double.isFinite(share)
                ? new BigDecimal(share).round(SHARE_DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(share);
    }
}
