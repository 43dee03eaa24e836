package dev.penstock.engine.flags.matcher;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Equal text in lower case; a list gives alternatives.
 *
 * <p>Numbers are compared as numbers with those alternatives that are written as such a number would be: two equal
 * texts are two equal numbers then, and none has to be made.
 */
final class EqualityMatcher extends TextMatcher {

    private final TextSet texts;
    private final long[] longs;
    private final long[] doubleBits;
    private final boolean numbersNever;
    private final Object filterValue;

    /** @param numbersNever a number is never equal, whatever its text */
    EqualityMatcher(Object filterValue, boolean numbersNever, boolean negated, DoubleSpelling... spellings) {
        super(negated, spellings);
        this.filterValue = filterValue;
        this.numbersNever = numbersNever;
        Set<String> lowered = alternatives(filterValue, spellings[0]);
        this.texts = new TextSet(lowered);
        this.longs = lowered.stream()
                .filter(LongText::isCanonical)
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
        this.doubleBits = lowered.stream()
                .filter(EqualityMatcher::isAgreedDouble)
                .mapToLong(text -> Double.doubleToRawLongBits(DecimalText.parse(text)))
                .sorted()
                .toArray();
    }

    private static Set<String> alternatives(Object filterValue, DoubleSpelling spelling) {
        Set<String> lowered = new LinkedHashSet<>();
        for (Object alternative : filterValue instanceof List<?> list ? list : Collections.singletonList(filterValue)) {
            lowered.add(PropertyText.of(alternative, spelling).toLowerCase(Locale.ROOT));
        }
        return lowered;
    }

    private static boolean isAgreedDouble(String text) {
        double value = DecimalText.parse(text);
        return DoubleSpelling.isAgreed(value) && PropertyText.of(value).equals(text);
    }

    @Override
    Match decideText(String text) {
        return Match.of(texts.contains(text));
    }

    @Override
    Match decideLong(long value) {
        return Match.of(!numbersNever && Arrays.binarySearch(longs, value) >= 0);
    }

    @Override
    Match decideDouble(double value) {
        if (numbersNever) {
            return Match.NO;
        }
        return DoubleSpelling.isAgreed(value)
                ? Match.of(Arrays.binarySearch(doubleBits, Double.doubleToRawLongBits(value)) >= 0)
                : decideSpelled(value);
    }

    @Override
    Match decideBig(BigInteger value) {
        return numbersNever ? Match.NO : super.decideBig(value);
    }

    @Override
    public String describe() {
        if (filterValue instanceof List<?> list && list.size() != 1) {
            return (negated() ? "is none of " : "is one of ") + Wording.list(list);
        }
        Object single = filterValue instanceof List<?> list ? list.get(0) : filterValue;
        return (negated() ? "is not " : "is ") + Wording.value(single);
    }
}
