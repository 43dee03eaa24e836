package dev.penstock.engine.flags.matcher;

import java.math.BigInteger;

/**
 * Greater or less: numbers and numerals by value, anything else by text, UTF-16 unit by unit.
 *
 * <p>Texts that only some SDKs take for a number, such as {@code .5}, are compared both ways; if the answers differ
 * there is none.
 */
final class OrderedMatcher extends TextMatcher {

    enum Order {
        GT("is greater than "),
        GTE("is at least "),
        LT("is less than "),
        LTE("is at most ");

        private final String verb;

        Order(String verb) {
            this.verb = verb;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case GT -> comparison > 0;
                case GTE -> comparison >= 0;
                case LT -> comparison < 0;
                case LTE -> comparison <= 0;
            };
        }
    }

    private final Order order;
    private final Object filterValue;
    private final String filterText;

    /** NaN if the filter's text is no number. */
    private final double number;

    /** As {@link #number}, or what only some SDKs take for one. */
    private final double doubtfulNumber;

    /** @param filterValue not a list or map, and finite if it is a number */
    OrderedMatcher(Order order, Object filterValue, DoubleSpelling... spellings) {
        super(false, spellings);
        this.order = order;
        this.filterValue = filterValue;
        this.filterText = PropertyText.of(filterValue, spellings[0]);
        boolean canBeNumber = filterValue instanceof Number || filterValue instanceof String;
        this.number = canBeNumber ? DecimalText.parse(filterText) : Double.NaN;
        this.doubtfulNumber = canBeNumber ? DecimalText.parseLeniently(filterText) : Double.NaN;
    }

    @Override
    Match decideText(String text) {
        if (Double.isNaN(doubtfulNumber)) {
            return byText(text);
        }
        double value = DecimalText.parse(text);
        if (!Double.isNaN(value) && !Double.isNaN(number)) {
            return byNumber(value);
        }
        double doubtfulValue = DecimalText.parseLeniently(text);
        Match byText = byText(text);
        return Double.isNaN(doubtfulValue) || byText == byNumber(doubtfulValue) ? byText : Match.UNCERTAIN;
    }

    @Override
    Match decideLong(long value) {
        if (!Double.isNaN(number)) {
            return byNumber((double) value);
        }
        Match byText = Match.of(order.holds(LongText.compare(value, filterText)));
        return Double.isNaN(doubtfulNumber) || byText == byNumber((double) value) ? byText : Match.UNCERTAIN;
    }

    @Override
    Match decideDouble(double value) {
        if (!Double.isNaN(number)) {
            return byNumber(value);
        }
        char first = filterText.isEmpty() ? 0 : filterText.charAt(0);
        if (Double.isNaN(doubtfulNumber) && (first < '-' || first > '9')) {
            // A number's text begins with a digit or a minus, so the first character decides without that text.
            return Match.of(order.holds(first < '-' ? 1 : -1));
        }
        return decideSpelled(value);
    }

    @Override
    Match decideBig(BigInteger value) {
        return Double.isNaN(number) ? super.decideBig(value) : byNumber(value.doubleValue());
    }

    @Override
    Match decideNull() {
        return Match.NO;
    }

    @Override
    Match decideTree(Object value) {
        return Match.UNCERTAIN;
    }

    private Match byText(String text) {
        return Match.of(order.holds(text.compareTo(filterText)));
    }

    /** Not by {@code Double.compare}, to which zero and minus zero differ. */
    private Match byNumber(double value) {
        if (Double.isInfinite(value) || Double.isInfinite(doubtfulNumber)) {
            return Match.UNCERTAIN;
        }
        int comparison = value < doubtfulNumber ? -1 : 1;
        return Match.of(order.holds(value == doubtfulNumber ? 0 : comparison));
    }

    @Override
    public String describe() {
        return order.verb + Wording.value(filterValue);
    }
}
