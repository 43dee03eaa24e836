/**
 * Compiled property tests: what one filter of a flag's condition says about one property.
 *
 * <p>{@link dev.penstock.engine.flags.matcher.MatcherCompiler} makes a {@link
 * dev.penstock.engine.flags.matcher.PropertyMatcher} once, when definitions arrive; request threads ask it for ever
 * after. There is one small class for each family of operators. Where the reference SDKs would answer differently, the
 * answer is {@link dev.penstock.engine.flags.matcher.Match#UNCERTAIN}. Threads: everything made here is immutable.
 * Neighbours: {@code evaluation} asks; this package knows nobody but RE2/J.
 */
package dev.penstock.engine.flags.matcher;
