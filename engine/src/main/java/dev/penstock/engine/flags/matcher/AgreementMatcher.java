package dev.penstock.engine.flags.matcher;

import java.time.InstantSource;

/** For a filter value that SDKs spell differently: answers what the matchers for both spellings agree on. */
final class AgreementMatcher extends PropertyMatcher {

    private final PropertyMatcher one;
    private final PropertyMatcher other;

    AgreementMatcher(PropertyMatcher one, PropertyMatcher other) {
        super(false);
        this.one = one;
        this.other = other;
    }

    @Override
    Match decide(Object value, InstantSource clock) {
        Match answer = one.test(value, clock);
        return answer == other.test(value, clock) ? answer : Match.UNCERTAIN;
    }

    @Override
    public String describe() {
        return one.describe();
    }
}
