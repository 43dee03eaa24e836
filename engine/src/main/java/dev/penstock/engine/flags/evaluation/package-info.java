/**
 * Local evaluation of flags: definitions are compiled once into a {@link dev.penstock.engine.flags.evaluation.FlagSnapshot}
 * and evaluated millions of times by a {@link dev.penstock.engine.flags.evaluation.FlagEvaluator}.
 *
 * <p>{@link dev.penstock.engine.flags.evaluation.SnapshotCompiler} does all parsing, ordering and validation, and makes
 * every possible answer beforehand; the evaluator only walks what was compiled. It is never certain without reason: what
 * cannot be decided from the definitions and the context alone is inconclusive, and the answer is then null.
 *
 * <p>Work is bounded whatever the definitions say: one call evaluates each flag at most once, and each cohort at most once
 * for the person and for each group type. What refers to itself is inconclusive, and so is what lies more than 32 groups
 * and cohorts deep, or more than 128 levels of groups, cohorts and flags together; all of that is decided while compiling,
 * so that it does not depend on which flag was asked for first.
 *
 * <p>Neighbours: {@code definitions}, {@code matcher} and {@code result} below.
 *
 * <p><b>Threads:</b> snapshots are immutable; an evaluator serves any number of threads.
 */
package dev.penstock.engine.flags.evaluation;
