package dev.penstock.engine.flags.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;

/** One row of a table: what a filter is expected to say about a value. */
record Asked(String operator, Object filterValue, Object value, Match expected) {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-15T12:00:00Z"));

    static Asked yes(String operator, Object filterValue, Object value) {
        return new Asked(operator, filterValue, value, Match.YES);
    }

    static Asked no(String operator, Object filterValue, Object value) {
        return new Asked(operator, filterValue, value, Match.NO);
    }

    static Asked uncertain(String operator, Object filterValue, Object value) {
        return new Asked(operator, filterValue, value, Match.UNCERTAIN);
    }

    void check() {
        check(1);
    }

    void check(int propertyMatchingVersion) {
        PropertyMatcher matcher = MatcherCompiler.compile(operator, filterValue, propertyMatchingVersion);

        assertThat(matcher.test(value, CLOCK)).as(toString()).isEqualTo(expected);
    }

    /** The same row for the opposite operator. */
    Asked negated(String opposite) {
        return new Asked(opposite, filterValue, value, expected.negated());
    }

    @Override
    public String toString() {
        String type = value == null ? "" : " (" + value.getClass().getSimpleName() + ")";
        return operator + " " + filterValue + " <- " + value + type;
    }
}
