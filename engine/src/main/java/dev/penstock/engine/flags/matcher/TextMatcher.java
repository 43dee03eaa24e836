package dev.penstock.engine.flags.matcher;

import java.math.BigInteger;
import java.time.InstantSource;

/**
 * A test on the text of a value.
 *
 * <p>The types that requests are full of come first and reach their rule without a text being made. A double that SDKs
 * spell differently, alone or within a list or map, is tested in each spelling, and only what they agree on is an answer.
 */
abstract sealed class TextMatcher extends PropertyMatcher
        permits ContainmentMatcher, EqualityMatcher, OrderedMatcher, RegexMatcher {

    private final DoubleSpelling[] spellings;

    /** @param spellings those that the filter's own text stands for; owned by the matcher from now on */
    TextMatcher(boolean negated, DoubleSpelling... spellings) {
        super(negated);
        this.spellings = spellings;
    }

    @Override
    final Match decide(Object value, InstantSource clock) {
        if (value instanceof String text) {
            return decideText(text);
        }
        if (value instanceof Long number) {
            return decideLong(number);
        }
        if (value instanceof Boolean fact) {
            return decideText(fact ? "true" : "false");
        }
        if (value == null) {
            return decideNull();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? decideDouble(number) : Match.UNCERTAIN;
        }
        if (value instanceof BigInteger number) {
            return decideBig(number);
        }
        return PropertyText.exists(value) ? decideTree(value) : Match.UNCERTAIN;
    }

    abstract Match decideText(String text);

    abstract Match decideLong(long value);

    /** The value is finite. */
    Match decideDouble(double value) {
        return decideSpelled(value);
    }

    Match decideBig(BigInteger value) {
        return decideText(value.toString());
    }

    Match decideNull() {
        return decideText("null");
    }

    /** The value is a list or a map. */
    Match decideTree(Object value) {
        return decideSpelled(value);
    }

    final Match decideSpelled(Object value) {
        String firstText = PropertyText.of(value, spellings[0]);
        Match answer = decideText(firstText);
        for (int i = 1; i < spellings.length; i++) {
            String text = PropertyText.of(value, spellings[i]);
            if (!text.equals(firstText) && decideText(text) != answer) {
                return Match.UNCERTAIN;
            }
        }
        return answer;
    }
}
