package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.Map;
import java.util.Optional;

/**
 * One flag, ready to be evaluated, with every answer it can give.
 *
 * <p>While it is evaluated, an answer is the number it has among them, so that nothing refers to anything.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class CompiledFlag {

    /** The number of the answer "off". */
    static final int OFF = 0;

    /** The number of the answer "on". */
    static final int ON = 1;

    /** There is no answer. */
    static final int INCONCLUSIVE = -1;

    /** There is no answer, and none for those who depend on it either. */
    static final int NEEDS_SERVER = -2;

    private final String key;
    private final int ordinal;
    private final boolean clientOnly;
    private final boolean excluded;
    private final EvaluatedFlag[] results;
    private final Map<String, Optional<FlagPayload>> payloads;
    private final FlagLogic logic;
    private final int settled;
    private final String settledReason;
    private final EvaluatedFlag undecided;

    /**
     * Makes a flag.
     *
     * @param identity what is known of it besides its value
     * @param results the answers: off, on, then any others
     * @param payloads payloads by value
     * @param logic how to choose an answer; null if the flag is settled
     * @param settled the answer that is always given, or that there is none
     * @param settledReason why
     */
    CompiledFlag(
            Identity identity,
            EvaluatedFlag[] results,
            Map<String, Optional<FlagPayload>> payloads,
            FlagLogic logic,
            int settled,
            String settledReason) {
        this.key = identity.key().intern(); // a literal of the application's is then the same object
        this.ordinal = identity.ordinal();
        this.clientOnly = identity.clientOnly();
        this.excluded = identity.excluded();
        this.results = results;
        this.payloads = payloads;
        this.logic = logic;
        this.settled = settled;
        this.settledReason = settledReason;
        this.undecided = EvaluatedFlag.missing(key, "local_evaluation_inconclusive");
    }

    /** What does not depend on the rules. */
    record Identity(String key, int ordinal, boolean clientOnly, boolean excluded) {}

    /**
     * The flag's key.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * The flag's place in its snapshot.
     *
     * @return from zero
     */
    public int ordinal() {
        return ordinal;
    }

    /**
     * Whether the flag is meant for clients, not for servers; alone it is no reason to ask the server.
     *
     * @return whether it is
     */
    public boolean isClientOnly() {
        return clientOnly;
    }

    /**
     * Whether the flag's evaluation contexts keep it from being evaluated here. Such flags are not found by key or ordinal,
     * but others may depend on them, for whom they are off.
     *
     * @return whether they do
     */
    public boolean isExcluded() {
        return excluded;
    }

    /**
     * The payload that belongs to a value, whoever gets it.
     *
     * @param value any value; null is allowed
     * @return the payload, or empty if there is none
     */
    public Optional<FlagPayload> payload(FlagValue value) {
        if (value == null || !value.isEnabled()) {
            return Optional.empty();
        }
        return payloads.getOrDefault(value.isVariant() ? value.variant() : "true", Optional.empty());
    }

    /**
     * The answer where the flag could not be decided, made once.
     *
     * @return that it is missing, and why
     */
    public EvaluatedFlag undecided() {
        return undecided;
    }

    /**
     * The answer that an outcome of an evaluation stands for.
     *
     * @param outcome as {@link FlagEvaluator#evaluateAll} gave it for this flag
     * @return the answer; null if the flag is inconclusive
     */
    public EvaluatedFlag answer(int outcome) {
        return outcome < 0 ? null : results[outcome];
    }

    EvaluatedFlag result(int outcome) {
        return results[outcome];
    }

    /** Chooses an answer, once an evaluation. */
    int decide(EvaluationScratch scratch, FlagContext context, EvaluationTrace trace) {
        if (logic == null) {
            return trace == null ? settled : traced(settled, settledReason, trace);
        }
        int outcome = scratch.flag(ordinal);
        if (outcome != EvaluationScratch.UNKNOWN) {
            return trace == null ? outcome : traced(outcome, "found earlier in the same evaluation", trace);
        }
        if (trace != null) {
            trace.flagEntered(key);
        }
        outcome = logic.decide(scratch, context, trace);
        scratch.rememberFlag(ordinal, outcome);
        if (trace != null) {
            trace.flagLeft(key, valueOf(outcome), "evaluated");
        }
        return outcome;
    }

    private int traced(int outcome, String reason, EvaluationTrace trace) {
        trace.flagEntered(key);
        trace.flagLeft(key, valueOf(outcome), reason);
        return outcome;
    }

    private FlagValue valueOf(int outcome) {
        return outcome < 0 ? FlagValue.MISSING : results[outcome].value();
    }

    @Override
    public String toString() {
        return key;
    }
}
