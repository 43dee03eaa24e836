package dev.penstock.engine.flags.matcher;

import java.util.List;
import java.util.Map;

/**
 * Compiles one property filter of a definition.
 *
 * <p><b>Threads:</b> any; keeps nothing. <b>Allocation:</b> the matcher, in proportion to the filter's value.
 */
public final class MatcherCompiler {

    private static final int EXPLICIT_BOOLEANS = 2;

    private MatcherCompiler() {}

    /**
     * Makes the matcher for a filter; never throws.
     *
     * @param operator the operator's wire name, case sensitive; null means {@code exact}
     * @param filterValue null, a Boolean, String, Long, BigInteger, Double, or a List or Map of such; not to be changed
     *     any more
     * @param propertyMatchingVersion 2 compares {@code true} and {@code false} as they are written; with anything else
     *     every value is taken for one of the two
     * @return never null; one that answers {@link Match#UNCERTAIN} if the operator is unknown or the value unusable
     */
    public static PropertyMatcher compile(String operator, Object filterValue, int propertyMatchingVersion) {
        String name = operator == null ? "exact" : operator;
        if (name.equals("is_set")) {
            return FixedMatcher.always(Match.YES, "is set");
        }
        if (name.equals("is_not_set")) {
            return FixedMatcher.always(Match.NO, "is not set");
        }
        if (!PropertyText.exists(filterValue)) {
            return FixedMatcher.always(Match.UNCERTAIN, "is left to the server, for the filter's value is unreadable");
        }
        return switch (name) {
            case "exact" -> equality(filterValue, propertyMatchingVersion, false);
            case "is_not" -> equality(filterValue, propertyMatchingVersion, true);
            case "icontains" -> containment(ContainmentMatcher.Place.ANYWHERE, filterValue, false);
            case "not_icontains" -> containment(ContainmentMatcher.Place.ANYWHERE, filterValue, true);
            case "starts_with" -> containment(ContainmentMatcher.Place.START, filterValue, false);
            case "not_starts_with" -> containment(ContainmentMatcher.Place.START, filterValue, true);
            case "ends_with" -> containment(ContainmentMatcher.Place.END, filterValue, false);
            case "not_ends_with" -> containment(ContainmentMatcher.Place.END, filterValue, true);
            case "regex" -> regex(filterValue, false);
            case "not_regex" -> regex(filterValue, true);
            case "gt" -> ordered(OrderedMatcher.Order.GT, filterValue);
            case "gte" -> ordered(OrderedMatcher.Order.GTE, filterValue);
            case "lt" -> ordered(OrderedMatcher.Order.LT, filterValue);
            case "lte" -> ordered(OrderedMatcher.Order.LTE, filterValue);
            case "is_date_before" -> date(false, filterValue);
            case "is_date_after" -> date(true, filterValue);
            default -> semver(name, filterValue);
        };
    }

    private static PropertyMatcher equality(Object filterValue, int propertyMatchingVersion, boolean negated) {
        boolean boolish = TruthMatcher.isBoolish(filterValue);
        boolean explicit =
                propertyMatchingVersion == EXPLICIT_BOOLEANS && !List.of().equals(filterValue);
        return boolish && !explicit
                ? new TruthMatcher(filterValue, negated)
                : inEachSpelling(
                        filterValue, spellings -> new EqualityMatcher(filterValue, boolish, negated, spellings));
    }

    private static PropertyMatcher containment(ContainmentMatcher.Place place, Object filterValue, boolean negated) {
        return inEachSpelling(
                filterValue,
                spellings ->
                        new ContainmentMatcher(place, PropertyText.of(filterValue, spellings[0]), negated, spellings));
    }

    private static PropertyMatcher regex(Object filterValue, boolean negated) {
        return inEachSpelling(
                filterValue,
                spellings -> RegexMatcher.compile(PropertyText.of(filterValue, spellings[0]), negated, spellings));
    }

    private static PropertyMatcher ordered(OrderedMatcher.Order order, Object filterValue) {
        return filterValue instanceof List || filterValue instanceof Map
                ? unusable("neither greater nor less than anything", filterValue)
                : inEachSpelling(filterValue, spellings -> new OrderedMatcher(order, filterValue, spellings));
    }

    private static PropertyMatcher date(boolean after, Object filterValue) {
        PropertyMatcher compiled = filterValue instanceof String text ? DateMatcher.compile(after, text) : null;
        return compiled == null ? unusable("no date", filterValue) : compiled;
    }

    private static PropertyMatcher semver(String operator, Object filterValue) {
        String text = hasOneSpelling(filterValue) ? PropertyText.of(filterValue) : "";
        Version version = Version.parse(text);
        PropertyMatcher compiled;
        switch (operator) {
            case "semver_eq" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.EQUAL, version);
            case "semver_neq" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.DIFFERENT, version);
            case "semver_gt" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.GT, version);
            case "semver_gte" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.GTE, version);
            case "semver_lt" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.LT, version);
            case "semver_lte" -> compiled = SemverMatcher.compared(SemverMatcher.Relation.LTE, version);
            case "semver_tilde" ->
                compiled = version == null ? null : SemverMatcher.within(version, version.nextMinor());
            case "semver_caret" ->
                compiled = version == null ? null : SemverMatcher.within(version, version.nextBreaking());
            case "semver_wildcard" -> compiled = WildcardVersion.compile(text);
            default -> {
                return FixedMatcher.always(
                        Match.UNCERTAIN,
                        "is left to the server, for unknown is the operator " + Wording.value(operator));
            }
        }
        return compiled == null ? unusable("no version", filterValue) : compiled;
    }

    private static PropertyMatcher unusable(String what, Object filterValue) {
        return FixedMatcher.uncertainUnlessNull(
                "is left to the server, for " + what + " is " + Wording.value(filterValue));
    }

    /** A matcher made for one or more spellings of the filter's value, which are all the same text. */
    private interface TextFamily {
        PropertyMatcher compile(DoubleSpelling... spellings);
    }

    private static PropertyMatcher inEachSpelling(Object filterValue, TextFamily family) {
        return hasOneSpelling(filterValue)
                ? family.compile(DoubleSpelling.values())
                : new AgreementMatcher(
                        family.compile(DoubleSpelling.LATE_EXPONENT), family.compile(DoubleSpelling.EARLY_EXPONENT));
    }

    private static boolean hasOneSpelling(Object filterValue) {
        return PropertyText.of(filterValue, DoubleSpelling.LATE_EXPONENT)
                .equals(PropertyText.of(filterValue, DoubleSpelling.EARLY_EXPONENT));
    }
}
