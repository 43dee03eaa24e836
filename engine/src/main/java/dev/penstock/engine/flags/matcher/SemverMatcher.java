package dev.penstock.engine.flags.matcher;

import java.time.InstantSource;

/** Versions compared number by number, or lying in a range; the text is read where it stands. */
final class SemverMatcher extends PropertyMatcher {

    enum Relation {
        EQUAL("is version "),
        DIFFERENT("is not version "),
        GT("is a version after "),
        GTE("is a version from "),
        LT("is a version before "),
        LTE("is a version up to "),
        WITHIN("is a version from ");

        private final String verb;

        Relation(String verb) {
            this.verb = verb;
        }
    }

    private final Relation relation;
    private final Version low;
    private final Version high;

    private SemverMatcher(Relation relation, Version low, Version high) {
        super(false);
        this.relation = relation;
        this.low = low;
        this.high = high;
    }

    /** Null if the version is. */
    static PropertyMatcher compared(Relation relation, Version version) {
        return version == null ? null : new SemverMatcher(relation, version, version);
    }

    /** From a version up to another that is no longer of the range; null if one of them is. */
    static PropertyMatcher within(Version low, Version high) {
        return low == null || high == null ? null : new SemverMatcher(Relation.WITHIN, low, high);
    }

    @Override
    Match decide(Object value, InstantSource clock) {
        if (value instanceof String text) {
            return decideText(text);
        }
        if (value instanceof Long number) {
            return number < 0 ? Match.UNCERTAIN : decide(number, 0, 0);
        }
        if (value == null) {
            return Match.NO;
        }
        return value instanceof Double number && DoubleSpelling.isAgreed(number)
                ? decideText(PropertyText.of(number))
                : Match.UNCERTAIN;
    }

    private Match decideText(String text) {
        int start = VersionText.start(text);
        int end = VersionText.end(text, start);
        if (!VersionText.begins(text, start, end)) {
            return Match.UNCERTAIN;
        }
        int second = VersionText.next(text, start, end);
        int third = VersionText.next(text, second, end);
        long major = VersionText.number(text, start, end);
        long minor = VersionText.number(text, second, end);
        long patch = VersionText.number(text, third, end);
        return major < 0 || minor < 0 || patch < 0 ? Match.UNCERTAIN : decide(major, minor, patch);
    }

    private Match decide(long major, long minor, long patch) {
        int fromLow = -low.compareTo(major, minor, patch);
        return Match.of(
                switch (relation) {
                    case EQUAL -> fromLow == 0;
                    case DIFFERENT -> fromLow != 0;
                    case GT -> fromLow > 0;
                    case GTE -> fromLow >= 0;
                    case LT -> fromLow < 0;
                    case LTE -> fromLow <= 0;
                    case WITHIN -> fromLow >= 0 && high.compareTo(major, minor, patch) > 0;
                });
    }

    @Override
    public String describe() {
        String bound = relation == Relation.WITHIN ? low + " to before " + high : low.toString();
        return relation.verb + bound;
    }
}
