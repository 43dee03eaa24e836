/**
 * What does a feature flag cost, here and in two libraries that answer the same question?
 * <p>
 * Start with {@link dev.penstock.benchmarks.flags.SampleFlags} for what is asked,
 * {@link dev.penstock.benchmarks.flags.FlagLibrary} for who is asked, and
 * {@link dev.penstock.benchmarks.flags.FlagEvaluationBenchmark} for the comparison. The other libraries are in
 * {@code rival} and nowhere else.
 */
package dev.penstock.benchmarks.flags;
