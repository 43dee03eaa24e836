package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.flags.ReusableFlags;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Results of one evaluation after another.
 *
 * <p>Why it is shaped so: a result that is used again is old, and storing a hundred references into an old array costs the
 * collector's barrier a hundred times. So what is kept of an evaluation are numbers, by which the flags of the snapshot answer
 * when they are read. What definitions alone do not decide is rare, and is evaluated as {@link FlagEvaluation#evaluate} does.
 * Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class RefilledFlags implements ReusableFlags {

    private static final int BITS = 64;

    private final FlagEvaluation evaluation;
    private final UnaryOperator<FlagContext> ambient;
    private FlagContext context;
    private FlagState state;
    private UsageReporter told;
    private int[] outcomes = {};
    private long[] accessed = {};

    /** The results where they are not decided by definitions alone, else null. */
    private EvaluatedFlags whole;

    RefilledFlags(FlagEvaluation evaluation, UnaryOperator<FlagContext> ambient) {
        this.evaluation = evaluation;
        this.ambient = ambient;
        this.whole = evaluation.evaluate(null, FlagOptions.DEFAULT);
    }

    @Override
    public ReusableFlags evaluate(FlagContext explicit, FlagOptions options) {
        evaluation.evaluate(ambient.apply(explicit), options, this);
        return this;
    }

    /** Room for the outcomes of all flags of a snapshot. */
    int[] outcomes(int flags) {
        if (outcomes.length < flags) {
            outcomes = new int[flags];
            accessed = new long[(flags + BITS - 1) / BITS];
        }
        return outcomes;
    }

    /** The outcomes hold what definitions decided. */
    void decided(FlagState by, FlagContext about, UsageReporter reporter) {
        state = by;
        context = about;
        told = reporter;
        whole = null;
        Arrays.fill(accessed, 0);
    }

    /** The results are these. */
    void take(EvaluatedFlags results) {
        whole = results;
        state = null;
        context = null;
    }

    @Override
    public String distinctId() {
        return whole == null ? context.distinctId() : whole.distinctId();
    }

    @Override
    public boolean isEnabled(String key) {
        return getFlag(key).isEnabled();
    }

    @Override
    public boolean isEnabled(String key, boolean ifMissing) {
        FlagValue value = getFlag(key);
        return value.isMissing() ? ifMissing : value.isEnabled();
    }

    @Override
    public FlagValue getFlag(String key) {
        return getFlagResult(key).value();
    }

    @Override
    public FlagResult getFlagResult(String key) {
        return whole == null ? read(key) : whole.getFlagResult(key);
    }

    private EvaluatedFlag read(String key) {
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : flag.answer(outcomes[flag.ordinal()]);
        if (result == null) {
            return undecided(flag, key);
        }
        int word = flag.ordinal() / BITS;
        long marked = accessed[word] | (1L << flag.ordinal());
        if (marked != accessed[word]) {
            accessed[word] = marked;
            report(result);
        }
        return result;
    }

    private EvaluatedFlag undecided(CompiledFlag flag, String key) {
        EvaluatedFlag missing = state.undecided(flag, key);
        if (state.isReported(flag, key)) {
            report(missing);
        }
        return missing;
    }

    private void report(EvaluatedFlag result) {
        if (told != null) {
            told.read(context, result, state.source());
        }
    }

    @Override
    public Optional<FlagPayload> getPayload(String key) {
        if (whole != null) {
            return whole.getPayload(key);
        }
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : flag.answer(outcomes[flag.ordinal()]);
        return result == null ? Optional.empty() : result.payload();
    }

    @Override
    public void forEach(Consumer<? super FlagResult> action) {
        if (whole != null) {
            whole.forEach(action::accept);
            return;
        }
        FlagSnapshot snapshot = state.snapshot();
        for (int i = 0; i < snapshot.size(); i++) {
            EvaluatedFlag result = snapshot.flag(i).answer(outcomes[i]);
            if (result != null) {
                action.accept(result);
            }
        }
    }

    @Override
    public FlagEvaluations copy() {
        if (whole != null) {
            return whole.copy();
        }
        int flags = state.snapshot().size();
        EvaluatedFlags copy = evaluation.evaluated(state, context, Arrays.copyOf(outcomes, flags), told);
        for (int i = 0; i < flags; i++) {
            if ((accessed[i / BITS] & (1L << i)) != 0) {
                copy.markAccessed(i);
            }
        }
        return copy;
    }

    /**
     * Names the person.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "ReusableFlags{distinctId=" + distinctId() + '}';
    }
}
