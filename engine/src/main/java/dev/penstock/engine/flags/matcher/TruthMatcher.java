package dev.penstock.engine.flags.matcher;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Equality with a filter value that speaks of true and false: both sides are taken for one of the two and compared. */
final class TruthMatcher extends PropertyMatcher {

    private static final int MAX_DEPTH = 100;

    private final boolean wanted;

    /** @param filterValue one that {@link #isBoolish} */
    TruthMatcher(Object filterValue, boolean negated) {
        super(negated);
        this.wanted = truth(filterValue, MAX_DEPTH) == Match.YES;
    }

    /** A boolean, its text in any case, or a list of nothing else, however deep; the empty list is one. */
    static boolean isBoolish(Object value) {
        return isBoolish(value, MAX_DEPTH);
    }

    private static boolean isBoolish(Object value, int depth) {
        if (value instanceof String text) {
            return AsciiCase.equalsLowered(text, "true") || AsciiCase.equalsLowered(text, "false");
        }
        if (value instanceof List<?> list) {
            return depth > 0 && list.stream().allMatch(element -> isBoolish(element, depth - 1));
        }
        return value instanceof Boolean;
    }

    @Override
    Match decide(Object value, InstantSource clock) {
        Match truth = truth(value, MAX_DEPTH);
        return wanted ? truth : truth.negated();
    }

    private static Match truth(Object value, int depth) {
        if (value instanceof Boolean fact) {
            return Match.of(fact);
        }
        if (value instanceof String text) {
            return Match.of(AsciiCase.equalsLowered(text, "true"));
        }
        if (value instanceof List<?> list) {
            return depth == 0 ? Match.UNCERTAIN : truthOfAll(list, depth - 1);
        }
        return value == null || isNumber(value) || value instanceof Map ? Match.NO : Match.UNCERTAIN;
    }

    private static Match truthOfAll(List<?> list, int depth) {
        Match all = Match.YES;
        for (Object element : list) {
            Match truth = truth(element, depth);
            if (truth == Match.UNCERTAIN) {
                return truth;
            }
            all = truth == Match.NO ? truth : all;
        }
        return all;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Double;
    }

    @Override
    public String describe() {
        return wanted != negated() ? "is true" : "is not true";
    }
}
