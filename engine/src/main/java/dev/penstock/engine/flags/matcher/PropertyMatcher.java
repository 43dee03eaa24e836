package dev.penstock.engine.flags.matcher;

import java.time.InstantSource;

/**
 * One compiled property test.
 *
 * <p><b>Threads:</b> any; immutable. <b>Allocation:</b> none for text, booleans, longs and null, but for regular
 * expressions, for text outside ASCII that has to be lower-cased and for numerals of more than 15 digits. Guarded by
 * {@code MatcherAllocationTest}.
 */
public abstract sealed class PropertyMatcher
        permits AgreementMatcher, DateMatcher, FixedMatcher, SemverMatcher, TextMatcher, TruthMatcher {

    private final boolean negated;

    PropertyMatcher(boolean negated) {
        this.negated = negated;
    }

    /**
     * Tests a value that is present.
     *
     * @param value null, a Boolean, String, Long, BigInteger, Double, or a List or Map of such; a present null is null
     * @param clock the wall clock; only relative dates read it
     * @return never null; {@link Match#UNCERTAIN} also for values of any other type
     */
    public final Match test(Object value, InstantSource clock) {
        try {
            Match match = decide(value, clock);
            return negated ? match.negated() : match;
        } catch (RuntimeException e) {
            // Only the caller's own clock, lists and maps can throw. A value that cannot be read is not decided here.
            return Match.UNCERTAIN;
        }
    }

    /** What is tested, for people: {@code contains "@example.org"}. */
    public abstract String describe();

    /** The answer before negation. */
    abstract Match decide(Object value, InstantSource clock);

    final boolean negated() {
        return negated;
    }

    @Override
    public final String toString() {
        return describe();
    }
}
