/**
 * What the benchmarks share: sample events, engines whose parts can be watched, child processes, and results.
 * <p>
 * Start with {@link dev.penstock.benchmarks.support.ReferenceEvents} for what is captured and with
 * {@link dev.penstock.benchmarks.support.WiredEngine} for what it is captured into. Nothing here measures anything.
 */
package dev.penstock.benchmarks.support;
