package dev.penstock.engine.flags.matcher;

import java.time.InstantSource;

/** Answers without looking at the value, but for whether it is null: presence, and whatever cannot be decided. */
final class FixedMatcher extends PropertyMatcher {

    private final Match forValue;
    private final Match forNull;
    private final String description;

    private FixedMatcher(Match forValue, Match forNull, String description) {
        super(false);
        this.forValue = forValue;
        this.forNull = forNull;
        this.description = description;
    }

    static PropertyMatcher always(Match answer, String description) {
        return new FixedMatcher(answer, answer, description);
    }

    /** For the operators to which null is a definite no whatever the filter asks for. */
    static PropertyMatcher uncertainUnlessNull(String reason) {
        return new FixedMatcher(Match.UNCERTAIN, Match.NO, reason);
    }

    @Override
    Match decide(Object value, InstantSource clock) {
        return value == null ? forNull : forValue;
    }

    @Override
    public String describe() {
        return description;
    }
}
