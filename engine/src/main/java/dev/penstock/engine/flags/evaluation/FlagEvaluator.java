package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * Evaluates flags.
 *
 * <p>A flag read stands in the path of an application's request, so this is shaped for speed:
 *
 * <ol>
 *   <li>every possible answer exists before anyone asks; evaluating chooses one and hands it out;
 *   <li>what is compiled is walked by index, without iterators, lambdas or boxes;
 *   <li>percentages are integers to compare with the hash, and a hash is only made where one is needed;
 *   <li>what an evaluation has to remember are numbers in a reused scratch, stamped with the evaluation's own number, so
 *       that nothing is cleared and no reference is stored.
 * </ol>
 *
 * <p><b>Threads:</b> any number at once; lock-free, no I/O. <b>Allocation:</b> none, but for regular expressions and what
 * the matchers say of themselves, guarded by {@code FlagEvaluatorAllocationTest}; and a new scratch with the first use of a
 * stripe, or when more threads than stripes evaluate at once.
 */
public final class FlagEvaluator {

    private final EvaluationScratchPool scratches;
    private final BiConsumer<String, Throwable> problems;

    /**
     * Makes an evaluator.
     *
     * @param clock the wall clock that relative dates are counted from
     * @param stripes how many threads can evaluate at once without a new scratch; a power of two
     * @param problems told of failures that should be impossible: once if the platform cannot hash, else each time
     */
    public FlagEvaluator(InstantSource clock, int stripes, BiConsumer<String, Throwable> problems) {
        this(clock, stripes, problems, Bucketer.SHA_1);
    }

    FlagEvaluator(InstantSource clock, int stripes, BiConsumer<String, Throwable> problems, String algorithm) {
        this.problems = problems;
        this.scratches = new EvaluationScratchPool(stripes, () -> new EvaluationScratch(clock, algorithm));
        // The first one is made here, so that no caller's first question waits for its classes.
        EvaluationScratch first = scratches.acquire();
        if (!first.canHash()) {
            problems.accept("the platform lacks " + algorithm + ", so flags with a rollout cannot be decided", null);
        }
        first.release();
    }

    /**
     * Evaluates one flag; never throws.
     *
     * @param snapshot the flag's snapshot
     * @param flag the flag
     * @param context whom to evaluate for
     * @return the answer; null if the flag is inconclusive
     */
    public EvaluatedFlag evaluate(FlagSnapshot snapshot, CompiledFlag flag, FlagContext context) {
        return evaluate(snapshot, flag, context, null);
    }

    /**
     * Evaluates one flag and tells how; never throws.
     *
     * @param snapshot the flag's snapshot
     * @param flag the flag
     * @param context whom to evaluate for
     * @param trace told each step
     * @return the answer; null if the flag is inconclusive
     */
    public EvaluatedFlag explain(FlagSnapshot snapshot, CompiledFlag flag, FlagContext context, EvaluationTrace trace) {
        return evaluate(snapshot, flag, context, trace);
    }

    private EvaluatedFlag evaluate(
            FlagSnapshot snapshot, CompiledFlag flag, FlagContext context, EvaluationTrace trace) {
        if (context.distinctId().isEmpty()) {
            return null;
        }
        EvaluationScratch scratch = scratches.acquire();
        try {
            scratch.begin(snapshot, false);
            return flag.answer(decide(flag, scratch, context, trace));
        } finally {
            scratch.release();
        }
    }

    /**
     * Evaluates all flags of a snapshot; never throws.
     *
     * @param snapshot the snapshot
     * @param context whom to evaluate for
     * @param outcomes filled by ordinal with what {@link CompiledFlag#answer} takes; has room for all
     */
    public void evaluateAll(FlagSnapshot snapshot, FlagContext context, int[] outcomes) {
        boolean somebody = !context.distinctId().isEmpty();
        EvaluationScratch scratch = scratches.acquire();
        try {
            scratch.begin(snapshot, true);
            int size = snapshot.size();
            for (int i = 0; i < size; i++) {
                outcomes[i] = somebody ? decide(snapshot.flag(i), scratch, context, null) : CompiledFlag.INCONCLUSIVE;
            }
        } finally {
            scratch.release();
        }
    }

    /**
     * Evaluates some flags of a snapshot; never throws.
     *
     * @param snapshot the flags' snapshot
     * @param context whom to evaluate for
     * @param flags the flags
     * @param answers filled with the answers in the order of the flags, null for flags that are inconclusive
     */
    public void evaluateSome(
            FlagSnapshot snapshot, FlagContext context, CompiledFlag[] flags, EvaluatedFlag[] answers) {
        EvaluationScratch scratch = scratches.acquire();
        try {
            scratch.begin(snapshot, true);
            for (int i = 0; i < flags.length; i++) {
                answers[i] = context.distinctId().isEmpty()
                        ? null
                        : flags[i].answer(decide(flags[i], scratch, context, null));
            }
        } finally {
            scratch.release();
        }
    }

    private int decide(CompiledFlag flag, EvaluationScratch scratch, FlagContext context, EvaluationTrace trace) {
        try {
            return flag.decide(scratch, context, trace);
        } catch (RuntimeException | StackOverflowError e) {
            scratch.reset();
            problems.accept("flag " + flag.key() + " cannot be evaluated", e);
            return CompiledFlag.INCONCLUSIVE;
        }
    }
}
