package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/**
 * Chooses the answer of a flag that is not settled: holdout, conditions in their order, rollout, variant.
 *
 * <p>Hot: arrays and integers throughout, all bounds exact integers, a hash only where a bound needs one and at most once
 * for all conditions about the flag's own subject.
 */
final class FlagLogic {

    /** No hash was made yet. */
    private static final long NOT_HASHED = -2;

    private static final byte[] NO_SALT = {};
    private static final byte[] VARIANT_SALT = {'v', 'a', 'r', 'i', 'a', 'n', 't'};

    private final byte[] prefix;
    private final Subject subject;
    private final long holdoutBound;
    private final int holdoutResult;
    private final CompiledCondition[] conditions;
    private final boolean earlyExit;
    private final VariantTable variants;
    private final String[] names;

    /**
     * Makes the logic.
     *
     * @param prefix what comes before the id in hashes: the key and a dot
     * @param subject who the flag is about
     * @param holdoutBound the last hash that is held out
     * @param holdoutResult the number of the answer for those held out
     * @param conditions the conditions in their order
     * @param earlyExit whether the first condition that matches but for its rollout ends the search
     * @param variants the variants; null if there are none
     * @param names names of the answers by number, for explanations
     */
    FlagLogic(
            byte[] prefix,
            Subject subject,
            long holdoutBound,
            int holdoutResult,
            CompiledCondition[] conditions,
            boolean earlyExit,
            VariantTable variants,
            String[] names) {
        this.prefix = prefix;
        this.subject = subject;
        this.holdoutBound = holdoutBound;
        this.holdoutResult = holdoutResult;
        this.conditions = conditions;
        this.earlyExit = earlyExit;
        this.variants = variants;
        this.names = names;
    }

    int decide(EvaluationScratch scratch, FlagContext context, EvaluationTrace trace) {
        String id = subject.idIn(context);
        if (trace != null) {
            trace.subject(subject.toString(), id);
        }
        if (id == null) {
            return CompiledFlag.INCONCLUSIVE;
        }
        if (holdoutBound != Rollout.NOBODY) {
            int held = holdout(scratch, id, trace);
            if (held != CompiledFlag.OFF) {
                return held;
            }
        }
        return conditions(scratch, context, id, trace);
    }

    /** The answer for those held out, "off" for all others. */
    private int holdout(EvaluationScratch scratch, String id, EvaluationTrace trace) {
        long hash = 0;
        if (holdoutBound != Rollout.EVERYBODY) {
            hash = scratch.holdoutHash(subject.bucket(), id);
            if (hash == Bucketer.UNAVAILABLE) {
                return CompiledFlag.INCONCLUSIVE;
            }
        }
        boolean held = hash <= holdoutBound;
        if (trace != null) {
            trace.holdout(hash, holdoutBound, held);
        }
        return held ? holdoutResult : CompiledFlag.OFF;
    }

    private int conditions(EvaluationScratch scratch, FlagContext context, String ownId, EvaluationTrace trace) {
        Map<String, Object> ownProperties = subject.propertiesIn(context);
        long ownHash = NOT_HASHED;
        boolean uncertain = false;
        CompiledCondition[] all = conditions;
        for (int i = 0; i < all.length; i++) {
            CompiledCondition condition = all[i];
            Subject other = condition.subject();
            Subject effective = other == null ? subject : other;
            String id = other == null ? ownId : other.idIn(context);
            if (trace != null) {
                trace.conditionEntered(i, effective.toString());
            }
            if (id == null) {
                left(trace, i, FilterVerdict.NO, "skipped, as the group is not given");
                continue;
            }
            Map<String, Object> properties = other == null ? ownProperties : other.propertiesIn(context);
            FilterVerdict verdict = condition.test(scratch, context, properties, effective, trace);
            left(trace, i, verdict, "by its filters");
            if (verdict == FilterVerdict.NEEDS_SERVER) {
                return CompiledFlag.NEEDS_SERVER;
            }
            uncertain |= verdict == FilterVerdict.UNCERTAIN;
            if (verdict != FilterVerdict.YES) {
                continue;
            }
            long bound = condition.bound();
            long hash = NOT_HASHED;
            if (bound != Rollout.EVERYBODY) {
                hash = other == null && ownHash != NOT_HASHED
                        ? ownHash
                        : scratch.hash(prefix, effective.bucket(), id, NO_SALT);
                if (hash == Bucketer.UNAVAILABLE) {
                    return CompiledFlag.INCONCLUSIVE;
                }
                ownHash = other == null ? hash : ownHash;
            }
            rolledOut(trace, hash, condition, hash <= bound);
            if (hash <= bound) {
                return value(scratch, condition, effective, id, trace);
            }
            if (earlyExit) {
                break;
            }
        }
        return uncertain ? CompiledFlag.INCONCLUSIVE : CompiledFlag.OFF;
    }

    private static void left(EvaluationTrace trace, int index, FilterVerdict verdict, String reason) {
        if (trace != null) {
            trace.conditionLeft(index, verdict, reason);
        }
    }

    private static void rolledOut(EvaluationTrace trace, long hash, CompiledCondition condition, boolean in) {
        if (trace != null) {
            trace.rollout(hash == NOT_HASHED ? -1 : hash, condition.percentage(), in);
        }
    }

    private int value(
            EvaluationScratch scratch,
            CompiledCondition condition,
            Subject effective,
            String id,
            EvaluationTrace trace) {
        int override = condition.override();
        if (override >= 0) {
            if (trace != null) {
                trace.override(names[override]);
            }
            return override;
        }
        if (variants == null) {
            return CompiledFlag.ON;
        }
        long hash = scratch.hash(prefix, effective.bucket(), id, VARIANT_SALT);
        if (hash == Bucketer.UNAVAILABLE) {
            return CompiledFlag.INCONCLUSIVE;
        }
        int range = variants.rangeOf(hash);
        int result = range < 0 ? CompiledFlag.ON : variants.result(range);
        if (trace != null) {
            trace.variant(
                    hash,
                    range < 0 ? 0 : variants.from(range),
                    range < 0 ? 0 : variants.to(range),
                    range < 0 ? null : names[result]);
        }
        return result;
    }
}
